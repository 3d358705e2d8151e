/** What was fetched for the chat, or an error that tells the page's author what to do. `name` is the option or file. */
async function good(requested: Promise<Response | Error>, url: string, name: string): Promise<Response> {
  const response = await requested;
  if (response instanceof Error) throw unfetched(url, name, response);
  if (!response.ok) throw new Error(`${url} answered ${response.status}. Check the address (${name}).`);
  return response;
}

/** The same for its body, which may fail to come when the head has. */
export async function bodyOf<Body>(requested: Promise<Response | Error>, url: string, name: string, read: (response: Response) => Promise<Body>): Promise<Body> {
  const response = await good(requested, url, name);
  return read(response).catch((error: unknown) => {
    throw unfetched(url, name, error);
  });
}

/**
 * The bytes of its body, which have to be those that `integrity` was made of: `sha384-…`, as in a script tag. Where a page
 * is not secure (http), browsers cannot tell.
 */
export async function intact(requested: Promise<Response | Error>, url: string, name: string, integrity: string | null): Promise<ArrayBuffer> {
  const bytes = await bodyOf(requested, url, name, (response) => response.arrayBuffer());
  if (integrity && crypto.subtle) {
    const digest = await crypto.subtle.digest(`SHA-${integrity.slice(3, 6)}`, bytes);
    if (!integrity.endsWith(`-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`)) {
      throw new Error(`${url} is not the file that was published: its integrity is not ${integrity}. Publish all files of one build together, and the page's hashes with them.`);
    }
  }
  return bytes;
}

function unfetched(url: string, name: string, error: unknown): Error {
  return new Error(`${url} could not be fetched (${String(error)}). Check the address (${name}), its CORS headers and the page's connect-src.`);
}
