// Stands in for what only widgets need that this page does not have: sliders of several handles.

export default {};
