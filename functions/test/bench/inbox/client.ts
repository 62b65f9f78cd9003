import net from 'node:net';

export interface Sent {
  seconds: number;
  /** Milliseconds from sending to the whole answer, in ascending order. */
  latencies: Float64Array;
  /** Answers that were not 200. */
  refused: number;
}

/**
 * Sends each request once over so many connections, the next one on a connection as soon as the answer is there.
 * On bare sockets: Node's HTTP client would cost the two cores more than the receivers it measures.
 */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  onSend: (at: number) => void = () => undefined,
): Promise<Sent> {
  const latencies = new Float64Array(requests.length);
  let next = 0;
  let refused = 0;
  const started = performance.now();
  const oneConnection = () =>
    new Promise<void>((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1').setNoDelay(true);
      let at = -1;
      let sentAt = 0;
      let heard = '';
      const sendNext = (): void => {
        at = next;
        next += 1;
        const request = requests[at];
        if (!request) return void socket.end(resolve);
        onSend(at);
        sentAt = performance.now();
        socket.write(request);
      };
      socket.once('connect', sendNext).once('error', reject);
      socket.once('close', () => reject(new Error('the receiver closed a connection')));
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1');
        if (!isWhole(heard)) return;
        latencies[at] = performance.now() - sentAt;
        if (heard.slice(9, 12) !== '200') refused += 1;
        heard = '';
        sendNext();
      });
    });
  await Promise.all(Array.from({ length: Math.min(connections, requests.length) }, oneConnection));
  return { seconds: (performance.now() - started) / 1000, latencies: latencies.sort(), refused };
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(answer.slice(0, end))?.[1] ?? '0';
  return answer.length >= end + 4 + Number(length);
}

/** The latency below which this share of the answers came. */
export const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
