// Keys, and the next fact without a reload. The pages work without this file: it presses the
// buttons and follows the links that are there, and takes the main part of the page that answers.
"use strict";
(() => {
  const live = document.getElementById("live");
  const dialog = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  let busy = false;

  // Keys of one letter can be in the way of speech input: they can be switched off.
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("dateline.keys", value);
      return localStorage.getItem("dateline.keys");
    } catch {
      return null; // storage is forbidden: keys are on
    }
  };
  if (keysOn) {
    keysOn.checked = stored() !== "off";
    keysOn.addEventListener("change", () => stored(keysOn.checked ? "on" : "off"));
  }

  const say = (text) => {
    live.textContent = "";
    // A reader notices a change, not the same words again.
    setTimeout(() => { live.textContent = text; }, 50);
  };

  // reveal scrolls the list beside the fact, where it has a scroll bar of its own, to the fact in focus.
  const reveal = () => {
    const list = document.querySelector(".list"), here = document.querySelector(".list .here");
    if (list && here && list.scrollHeight > list.clientHeight) list.scrollTop = here.offsetTop - list.clientHeight / 3;
  };
  reveal();

  // take shows the main part of a page in place of the one that is there.
  const take = (text, address, remember) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const main = page.getElementById("main");
    if (!main) {
      location.assign(address);
      return;
    }
    document.title = page.title;
    document.getElementById("main").replaceWith(document.adoptNode(main));
    if (remember) history.pushState(null, "", address);
    scrollTo(0, 0);
    reveal();
    const wrong = main.querySelector("[aria-invalid]");
    const field = wrong || main.querySelector("form.edit .field input, form.edit .field select, form.edit .field textarea");
    const line = document.getElementById("line");
    if (field) {
      field.focus();
      if (wrong) wrong.closest("p").scrollIntoView({ block: "center" });
    }
    else if (line) line.focus({ preventScroll: true });
    const told = document.getElementById("told");
    say((told ? told.textContent + " " : "") + (line ? line.textContent : ""));
  };

  const load = async (address, options, remember) => {
    if (busy) return;
    busy = true;
    document.body.classList.add("busy");
    try {
      const answer = await fetch(address, options);
      if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) throw new Error(await answer.text());
      const asked = new URL(answer.url);
      asked.searchParams.delete("told"); // said once
      // What could not be recorded has no address of its own.
      take(await answer.text(), asked.pathname + asked.search, remember && answer.ok);
    } catch (problem) {
      say("That did not work. Is dateline still running? Nothing was lost; try again. " + problem.message);
      const told = document.createElement("p");
      told.className = "told bad";
      told.textContent = "That did not work: is dateline still running? Try again.";
      document.querySelectorAll(".told").forEach((old) => old.remove());
      document.getElementById("main").prepend(told);
    } finally {
      busy = false;
      document.body.classList.remove("busy");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-inplace")) return;
    event.preventDefault();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, value);
    if (event.submitter && event.submitter.name) fields.set(event.submitter.name, event.submitter.value);
    // form.action would be the button of that name
    load(form.getAttribute("action"), { method: "POST", body: fields }, true);
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-inplace]");
    if (link) {
      event.preventDefault();
      load(link.getAttribute("href"), {}, true);
      return;
    }
    const help = event.target.closest('a[data-key="?"]');
    if (help && dialog) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const mark = event.target.closest(".text mark[data-fact]");
    if (mark) point(mark.dataset.fact);
  });

  // point shows the entry of a marked fact in the list beside the text.
  const point = (fact) => {
    document.querySelectorAll(".pointed").forEach((old) => old.classList.remove("pointed"));
    const entry = document.querySelector('[data-about="' + CSS.escape(fact) + '"]');
    if (!entry) return;
    entry.classList.add("pointed");
    entry.scrollIntoView({ block: "nearest" });
  };

  addEventListener("popstate", () => load(location.pathname + location.search, {}, false));

  const writing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null && element.type !== "checkbox";

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey || (dialog && dialog.open)) return;
    let key = event.key;
    if (event.ctrlKey) {
      if (key !== "Enter") return;
      key = "Ctrl+Enter";
    } else if (key === "Escape" && writing(event.target) && !event.target.closest("form.edit")) {
      event.target.blur();
      event.preventDefault();
      return;
    } else if (key === "Enter" && event.target.id === "why" && event.target.closest("form.decide")) {
      event.preventDefault(); // a reason alone decides nothing
      event.target.blur();
      return;
    } else if (key !== "Escape" && (writing(event.target) || stored() === "off")) {
      return;
    }
    if (event.repeat && key !== "j" && key !== "k") return;
    const target = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) {
      target.focus();
      target.select();
    } else if (!busy) {
      target.click();
    }
  });

  // What was said stands in the page already; the address need not say it again.
  const here = new URL(location.href);
  if (here.searchParams.has("told")) {
    here.searchParams.delete("told");
    history.replaceState(null, "", here.pathname + here.search + here.hash);
  }
})();
