/** Text as HTML. Specifications are not trusted to be plain text. */
export function escapeHtml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // Vue would evaluate what is between two of them.
      .replaceAll("{{", "&#123;&#123;")
  );
}

/** Text as HTML, in which text between backticks is code. */
export function inlineCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}
