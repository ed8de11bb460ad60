package ingest

import (
	"strings"
	"unicode/utf8"
)

// furnitureLines are whole lines, in small letters and without closing marks, that no article says.
var furnitureLines = set(
	"share", "share this", "share this page", "share this article", "share this post", "share this story", "share via", "share on", "share with friends", "share:", "tweet", "retweet", "pin it",
	"facebook", "twitter", "linkedin", "whatsapp", "telegram", "instagram", "youtube", "pinterest", "reddit", "email", "e-mail", "print", "print page", "print this page", "download", "download pdf", "pdf",
	"copy link", "copy url", "link copied", "save", "bookmark", "like", "comments", "comment", "leave a comment", "leave a reply", "no comments", "add comment", "reply",
	"menu", "main menu", "home", "search", "close", "open menu", "close menu", "navigation", "main navigation", "breadcrumb", "breadcrumbs", "you are here", "skip to content", "skip to main content", "skip navigation",
	"back", "back to top", "top", "to top", "next", "previous", "next article", "previous article", "next post", "previous post", "prev", "older posts", "newer posts", "go back", "back to news", "back to list", "return to list", "all news", "more news", "view all", "see all", "load more", "show more", "read more", "read also", "learn more", "more", "see also", "see more",
	"related", "related news", "related articles", "related posts", "related stories", "related content", "related links", "related topics", "you may also like", "you might also like", "recommended", "recommended for you", "most read", "most popular", "popular", "trending", "trending now", "latest news", "latest", "recent posts", "recent news", "in this section", "on this page", "also on this site",
	"advertisement", "advertising", "ad", "sponsored", "sponsored content", "promoted", "subscribe", "subscribe now", "sign up", "sign in", "log in", "login", "register", "my account", "follow us", "follow", "newsletter", "rss", "rss feed", "cookie policy", "privacy policy", "privacy notice", "terms of use", "terms and conditions", "terms of service", "accessibility", "sitemap", "site map", "legal notice", "imprint", "disclaimer", "all rights reserved",
	"date", "published", "published on", "posted on", "last updated", "updated", "from", "posted", "publication date", "news provided by", "provided by", "written by", "news story",
	"accept", "accept all", "accept cookies", "accept all cookies", "reject all", "decline", "manage cookies", "cookie settings", "manage preferences", "for immediate release", "press release", "news release", "media release", "immediate release", "loading", "please wait", "listen", "listen to this article", "watch", "play", "video", "gallery", "photos", "tags", "categories", "filed under", "language", "english", "русский", "қазақша", "中文", "français", "español", "deutsch",
	"###", "#", "# # #", "-30-", "- 30 -", "-end-", "- end -", "-ends-", "- ends -", "ends", "end", "(end)", "***", "* * *", "---", "___", "...", "image", "photo", "enlarge image", "enlarge", "zoom", "slideshow", "view image", "view gallery", "was this page helpful", "was this article helpful", "yes", "no", "report this page", "contents", "table of contents",
)

// furnitureOpenings begin lines, in small letters, that the site puts on every page.
var furnitureOpenings = openingsOf([]string{
	"found a typo", "found a mistake", "found an error", "noticed a typo", "if you find an error", "if you notice a mistake", "spotted an error", "please publish modules in", "share this ", "share on ", "share to ", "share via ", "click to share", "click here to", "click to print", "follow us on", "follow us ", "like us on", "find us on", "join us on", "subscribe to our", "subscribe to the", "sign up for our", "sign up to our", "sign up for the", "sign up to receive", "get our newsletter", "get the latest",
	"we use cookies", "this site uses cookies", "this website uses cookies", "our website uses cookies", "our site uses cookies", "by continuing to use", "by continuing to browse", "by clicking", "by using this site", "by using our", "cookies help us", "we value your privacy", "your privacy", "please enable javascript", "javascript is disabled", "javascript must be", "you need javascript", "this page requires javascript", "enable javascript", "your browser does not support", "please accept",
	"© ", "©", "copyright ©", "copyright (c)", "(c) 20", "copyright 20", "all rights reserved", "skip to ", "view source version on", "view original content", "read the full", "read more:", "read more about", "read also:", "read next", "read this in", "see also:", "also read:", "also read ", "related:", "related articles:", "you might also", "tags:", "tag:", "keywords:", "topics:", "category:", "categories:", "filed under", "posted in ", "views:", "views ", "hits:", "number of views", "visits:", "page views", "click count", "clicks:", "reading time", "estimated reading", "min read", "font size", "text size", "previous article:", "next article:", "previous:", "next:", "prev:", "last updated by", "page last updated by",
	"download the", "download this", "download high", "download image", "download photo", "download the pdf", "report an error", "report a problem", "leave a comment", "leave a reply", "your email address will not be", "comments are closed", "log in to", "login to", "sign in to", "create an account", "advertisement", "print this", "email this", "send to a friend", "add to favourites", "add to favorites", "powered by ", "designed by ", "developed by ", "website by ", "site by ", "web design", "open in new window", "opens in a new", "opens in new", "scan the qr", "scan qr", "visit our website", "permalink", "short link", "home > ", "home » ", "home / ", "home › ", "home >> ", "you are here:", "main > ", "current location:", "[email protected]",
})

// isFurniture reports whether a line belongs to the site and not to the article.
func isFurniture(text string) bool {
	if utf8.RuneCountInString(text) > 240 {
		return false
	}
	lower := strings.ToLower(text)
	trimmed := strings.TrimRight(lower, " .:!…»>?")
	trimmed = strings.Trim(trimmed, "«<»>-–—*#~=_ ")
	if furnitureLines[trimmed] || furnitureLines[lower] {
		return true
	}
	if !strings.ContainsFunc(text, isWordRune) {
		return true // a rule of signs
	}
	for _, opening := range furnitureOpenings.of(lower) {
		if strings.HasPrefix(lower, opening) {
			return !articleDespite(opening, lower)
		}
	}
	switch {
	case strings.HasPrefix(text, "SOURCE ") && len(strings.Fields(text)) <= 12 && !endsSentence(text):
		return true // the last line of a wire release names its sender
	case strings.HasSuffix(lower, "min read"), strings.HasSuffix(lower, "minute read"), strings.HasSuffix(lower, "minutes read"):
		return len(strings.Fields(lower)) <= 5
	case hasCopyright(lower):
		return true
	case shareBar(lower):
		return true
	case strings.HasSuffix(lower, "all rights reserved."), strings.HasSuffix(lower, "all rights reserved"):
		return len(lower) < 160
	}
	return isViewCount(lower) || isCrumbs(text)
}

// articleDespite keeps lines that begin like furniture but are sentences of an article: openings of common words count
// only on short lines.
func articleDespite(opening, lower string) bool {
	switch opening {
	case "by clicking", "your privacy", "get the latest", "related:", "next:", "previous:", "views ", "download the", "download this", "click here to", "read more about", "read the full", "by using our", "developed by ", "designed by ", "posted in ", "log in to", "home / ", "advertisement", "sign up for the", "sign up to receive", "visit our website", "follow us ", "subscribe to the":
		return len(strings.Fields(lower)) > 14
	}
	return false
}

// hasCopyright reports whether a line holds a copyright notice with its year.
func hasCopyright(lower string) bool {
	for _, mark := range []string{"copyright ©", "copyright (c)", "© copyright", "©", "copyright"} {
		if i := strings.Index(lower, mark); i >= 0 {
			rest := strings.TrimLeft(lower[i+len(mark):], " ©,:-–")
			return len(rest) >= 4 && (rest[:2] == "19" || rest[:2] == "20")
		}
	}
	return false
}

// shareBar reports whether a line is a row of names of networks.
func shareBar(lower string) bool {
	words := strings.FieldsFunc(lower, func(r rune) bool {
		return r == ' ' || r == '|' || r == ',' || r == '/' || r == '·' || r == '•' || r == ':'
	})
	if len(words) < 2 || len(words) > 14 {
		return false
	}
	networks := 0
	for _, word := range words {
		switch word {
		case "facebook", "twitter", "x", "linkedin", "whatsapp", "telegram", "email", "e-mail", "print", "share", "tweet", "pinterest", "reddit", "vk", "vkontakte", "odnoklassniki", "instagram", "youtube", "weibo", "wechat", "line", "tumblr", "messenger", "viber", "copy", "link", "rss", "on", "this", "via", "flipboard":
			networks++
		}
	}
	return networks == len(words)
}

// isViewCount reports whether a line counts readers: "Views: 1 234", "512 views".
func isViewCount(lower string) bool {
	words := strings.Fields(lower)
	if len(words) > 4 || len(words) < 2 {
		return false
	}
	last := words[len(words)-1]
	if last != "views" && last != "shares" && last != "comments" && last != "likes" && last != "reads" {
		return false
	}
	return strings.Trim(strings.Join(words[:len(words)-1], ""), "0123456789,.km") == ""
}

// isCrumbs reports whether a line is a path of a site: "Home > News > 2024".
func isCrumbs(text string) bool {
	for _, sep := range []string{" > ", " » ", " › ", " >> ", " → "} {
		if n := strings.Count(text, sep); n >= 2 && len(strings.Fields(text)) <= 7*(n+1) {
			return true
		}
	}
	return false
}

// set makes a set of words.
func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
