// The page as four files of fixed names: the server knows each (src/server/server.cc), and a commit shows what changed.
// SPDX-License-Identifier: Apache-2.0
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: "page.js",
        chunkFileNames: "[name].js",
        assetFileNames: "style[extname]",
      },
    },
  },
  // `npx vite` shows the sources over a `dateline serve` that runs beside it.
  server: { proxy: { "/api": "http://127.0.0.1:7380" } },
});
