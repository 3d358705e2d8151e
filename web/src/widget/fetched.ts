/** What was fetched for the chat, or an error that tells the page's author what to do. `name` is the option or file. */
export async function good(requested: Promise<Response | Error>, url: string, name: string): Promise<Response> {
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

function unfetched(url: string, name: string, error: unknown): Error {
  return new Error(`${url} could not be fetched (${String(error)}). Check the address (${name}), its CORS headers and the page's connect-src.`);
}
