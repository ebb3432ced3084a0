/**
 * Reads newline-delimited JSON as it arrives. Empty lines keep a connection alive and mean nothing; a line that is
 * not JSON is left out, so that one broken event does not end the others. A last line without its end is no event:
 * the connection broke inside it.
 */
export async function readLines<T>(body: ReadableStream<Uint8Array>, onEvent: (event: T) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = parsed<T>(line);
      if (event !== undefined) onEvent(event);
    }
  }
}

function parsed<T>(line: string): T | undefined {
  if (line.trim() === '') return undefined;
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
