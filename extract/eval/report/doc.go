// Package report shows a measured run as one web page: figures with their intervals, by kind
// and by document; every error in its sentence; and what moved since another run.
//
// The page is one file. It loads nothing and runs nothing: its content security policy
// allows no more than its own style sheet, named by its hash. All texts come from outside
// and go through html/template; characters that can't be seen, or that turn the order of
// others around, are written out.
//
// Why no script, not even to filter: the page is attached to mails and opened from disks
// years later, where scripts are off. Anchors and details are enough to get about in it.
//
// Why not every error of a bad run is shown in full: a run that is wrong everywhere would
// make a page that no browser opens. Figures count all; the page says how many it leaves out.
package report
