// Messages of a stream of server-sent events, from the pieces in which it arrives. Pure.

export interface LiveMessage {
  name: string;
  data: unknown;
}

/** Gives the whole messages of what has come, and keeps the rest for later. Comments and what is no JSON are passed over. */
export function readMessages(text: string): { messages: LiveMessage[]; rest: string } {
  const parts = text.replaceAll('\r\n', '\n').split('\n\n');
  const rest = parts.pop() ?? '';
  const messages: LiveMessage[] = [];
  for (const part of parts) {
    let name = 'message';
    const data: string[] = [];
    for (const line of part.split('\n')) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    }
    if (data.length === 0) continue;
    try {
      messages.push({ name, data: JSON.parse(data.join('\n')) });
    } catch {
      // Half a message that a proxy has cut; the next one is whole again.
    }
  }
  return { messages, rest };
}

/** Milliseconds until the next try to connect: longer each time, and not the same for everybody. */
export function patience(failures: number, chance: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures, 5)) * (0.75 + chance / 2);
}
