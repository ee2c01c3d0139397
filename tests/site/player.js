// Opens the course as a SCORM platform does: with an object for it in the window around it.

const { Scorm12API, Scorm2004API } = window;
const settings = { lmsCommitUrl: "/commit", dataCommitFormat: "json", sendFullCommit: true };
const api = Scorm12API ? new Scorm12API(settings) : new Scorm2004API(settings);
const kept = await (await fetch("/kept")).json();
if (kept) api.loadFromJSON(kept);
window[Scorm12API ? "API" : "API_1484_11"] = api;

const course = document.createElement("iframe");
course.title = "The course";
course.src = "/course/index.html";
document.body.append(course);
document.querySelector("button").addEventListener("click", () => {
  course.remove();
  document.querySelector("p").hidden = false;
});
