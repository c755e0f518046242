"""An MCP server of FastMCP: a list, typed records and pages of the web, in results that fit a conversation."""
