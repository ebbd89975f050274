import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import "./style.css";

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ router }) {
    // VitePress did not make the references, so the browser has to load them.
    router.onBeforeRouteChange = (url) => {
      if (!/\/reference\/[^/]+\.html/.test(url)) return true;
      location.href = url;
      return false;
    };
  },
};

export default theme;
