package extract

import "sort"

// Look-ups that keep every step linear in the length of a document: a text with tens of
// thousands of posts, people or institutions in one line must not cost their product.
const (
	// nearestMentions bounds how many mentions a reference looks back over.
	nearestMentions = 400
	// sameWordNames bounds how many names that share a word are compared with one another.
	sameWordNames = 48
)

// postBeginning returns the index of the post whose first token is i, or -1.
func postBeginning(posts []post, i int) int {
	n := sort.Search(len(posts), func(k int) bool { return posts[k].first >= i })
	if n < len(posts) && posts[n].first == i {
		return n
	}
	return -1
}

// postWithLast returns the index of the post whose words end before token i, or -1.
func postWithLast(posts []post, i int) int {
	n := sort.Search(len(posts), func(k int) bool { return posts[k].last >= i })
	if n < len(posts) && posts[n].last == i {
		return n
	}
	return -1
}

// postWithEnd returns the index of the post that ends, institution and all, before token i,
// or -1.
func postWithEnd(posts []post, i int) int {
	n := sort.Search(len(posts), func(k int) bool { return posts[k].end >= i })
	if n < len(posts) && posts[n].end == i {
		return n
	}
	return -1
}

// before returns the mentions of the list, which is in text order, that begin before token
// i: the nearest last, at most nearestMentions.
func (p *page) before(list []int, i int) []int {
	n := sort.Search(len(list), func(k int) bool { return p.mentions[list[k]].First >= i })
	return list[max(0, n-nearestMentions):n]
}

// directory lists the resolved mentions by type, in text order.
type directory struct {
	people, institutions []int // institutions holds references too
	main, topic          int   // see findMainTopic and findTopic
	places               map[string]int
}

// fileMentions fills the page's directory; called once, after resolve.
func (p *page) fileMentions() {
	p.filed = directory{places: map[string]int{}}
	for _, m := range p.inTextOrder() {
		switch one := p.mentions[m]; one.Type {
		case personName:
			if one.Entity >= 0 {
				p.filed.people = append(p.filed.people, m)
			}
		case institutionName, referenceName:
			p.filed.institutions = append(p.filed.institutions, m)
		case placeName:
			key := foldKey(p.mentionText(m))
			if _, ok := p.filed.places[key]; !ok {
				p.filed.places[key] = m
			}
		}
	}
	p.filed.topic = p.findTopic()
	p.filed.main = p.findMainTopic()
}

// wordIndex lists entities by the words of their names.
type wordIndex map[string][]int

func (x wordIndex) add(e int, words []string) {
	words = words[:min(len(words), 2*longestName)]
	for i, w := range words {
		seen := false
		for _, before := range words[:i] {
			seen = seen || before == w
		}
		if list := x[w]; !seen && (len(list) == 0 || list[len(list)-1] != e) && len(list) <= sameWordNames {
			x[w] = append(list, e)
		}
	}
}

// rarest returns the entities that share the rarest of the words, nil when every word is
// shared by more than sameWordNames: such a word tells nobody apart.
func (x wordIndex) rarest(words []string) []int {
	var best []int
	for i, w := range words[:min(len(words), 2*longestName)] {
		list := x[w]
		if i == 0 || len(list) < len(best) {
			best = list
		}
	}
	if len(best) > sameWordNames {
		return nil
	}
	return best
}

// sharing returns the entities that share any of the words, each once; words that more than
// sameWordNames share are passed over.
func (x wordIndex) sharing(words []string) []int {
	var out []int
	seen := map[int]bool{}
	for _, w := range words {
		if list := x[w]; len(list) <= sameWordNames {
			for _, e := range list {
				if !seen[e] {
					seen[e] = true
					out = append(out, e)
				}
			}
		}
	}
	sort.Ints(out)
	return out
}

// stem3 is the bucket of a long word for misspellings: its first three bytes.
func stem3(word string) string { return word[:min(3, len(word))] }
