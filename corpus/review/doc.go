// Package review serves the review pages: the facts of a database one by one, each with the
// sentence that it was read from, and a key to accept, reject, edit or skip it.
//
// # Use
//
//	handler, err := review.New(review.Config{Store: store, Who: "ana", Hosts: review.LocalHosts(port), Now: time.Now})
//	err = review.Serve(ctx, listener, handler)  // until ctx ends
//
// # Where to look
//
//	routes.go    every address that is answered, in one list
//	guard.go     who may ask at all: host names, methods, origins, content types, sizes
//	session.go   the token of a server that other machines can reach
//	queue.go     the fact in focus and the list beside it
//	fact.go      one fact with everything known about it
//	decide.go    accept, reject, skip, undo
//	edit.go      the form with the values of a kind, and its checks
//	document.go  a document with its facts marked, a part at a time
//	why.go       how a sentence was read, and why
//	search.go history.go orphans.go help.go
//	marks.go     text with nested marks; blocks.go: its headings, lists and paragraphs
//	templates/, static/   what is sent; embedded in the program
//
// # Contract
//
// A page changes nothing: only POST does, and it answers after the decision is on the disk.
// Every form carries the version of the fact that it shows and a key of its own. A form that is
// sent twice records one decision; a form that shows a fact as it no longer is records none and
// shows what the fact is now.
//
// The pages work without JavaScript. With it, keys decide and the next fact comes without a
// reload of the page; the script asks for the same pages and takes their main part.
//
// # Why the texts can do no harm
//
// Everything shown comes from strangers. It is written by html/template, which escapes by
// context, and no stored HTML is ever sent. Should that fail, the Content-Security-Policy lets
// nothing run but the one script of this package: no inline script, no inline style, no other
// host. Links lead to http and https only.
//
// # Why a page checks the name that it was asked by
//
// A web site can give its own name the address 127.0.0.1 and have the reader's browser talk to
// this server as if it were that site (DNS rebinding). The Host header still holds the
// site's name, so only known names are answered, with any method.
//
// # Why answers are made whole before they are sent
//
// A slow reader then holds a buffer, not the database, and a template that fails sends an error
// and no half page. A few pages are made at a time; the others wait their turn.
package review
