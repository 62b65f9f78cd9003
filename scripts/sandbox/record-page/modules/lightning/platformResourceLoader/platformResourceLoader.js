const loading = new Map();

function load(url, build) {
  if (!loading.has(url)) {
    loading.set(
      url,
      new Promise((resolve, reject) => {
        const element = build();
        element.addEventListener('load', () => resolve());
        element.addEventListener('error', () => reject(new Error(`${url} did not load`)));
        document.head.append(element);
      }),
    );
  }
  return loading.get(url);
}

export const loadScript = (_component, src) => load(src, () => Object.assign(document.createElement('script'), { src }));
export const loadStyle = (_component, href) => load(href, () => Object.assign(document.createElement('link'), { href, rel: 'stylesheet' }));
