"""A ChatGPT plugin: the to-dos of people, with what their links lead to, in answers that fit a conversation."""
