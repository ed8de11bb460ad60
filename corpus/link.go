package corpus

import (
	"cmp"
	"slices"
	"strings"
)

// role says what a key does for its form.
type role int

const (
	strong  role = iota // forms with the same strong key are one entity
	offers              // the form answers to this key
	asks                // the form is known by this key and looks for the one entity that offers it
	similar             // forms with the same key are compared by MatchPeople
)

// formKey is one key of a form. level orders weak evidence: lower levels are tried first.
type formKey struct {
	key   string
	level int
	role  role
}

// tidyKeys sorts keys and drops doubles; a form that offers a key need not ask for it.
func tidyKeys(keys []formKey) []formKey {
	slices.SortFunc(keys, func(a, b formKey) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.role, b.role), strings.Compare(a.key, b.key))
	})
	keys = slices.Compact(keys)
	return keys[:min(len(keys), maxKeysOfAForm)] // strong keys sort first and are never cut
}

// node is a form as link sees it.
type node struct {
	name string
	keys []formKey
}

// link divides forms into entities: groups[i] is the number of the entity of nodes[i].
//
// It is a function of the set of nodes: their order only decides the numbers. Strong keys
// join by union. Then, level by level, every entity that asks for keys is joined to the one
// other entity that offers them; to none when two do. All joins of a level are decided
// before the first is made, so that no order of work shows in the result.
func link(nodes []node) (groups []int) {
	u := newUnion(len(nodes))
	byKey := map[string]int{}
	for i, n := range nodes {
		for _, k := range n.keys {
			if k.role == strong {
				if j, ok := byKey[k.key]; ok {
					u.join(i, j)
				} else {
					byKey[k.key] = i
				}
			}
		}
	}
	for level := 1; level <= levelHighest; level++ {
		linkLevel(u, nodes, level)
	}
	groups = make([]int, len(nodes))
	for i := range nodes {
		groups[i] = u.find(i)
	}
	return groups
}

func linkLevel(u *union, nodes []node, level int) {
	offered, alike := map[string][]int{}, map[string][]int{}
	for i, n := range nodes {
		for _, k := range n.keys {
			if k.level != level {
				continue
			}
			switch k.role {
			case offers:
				offered[k.key] = append(offered[k.key], i)
			case similar:
				alike[k.key] = append(alike[k.key], i)
			}
		}
	}
	type join struct{ a, b int }
	var joins []join
	host := map[int]int{} // asking entity → the one entity that answers; -1 when there are two
	for i, n := range nodes {
		guest := u.find(i)
		for _, k := range n.keys {
			if k.level != level || k.role != asks {
				continue
			}
			for _, j := range offered[k.key] {
				h := u.find(j)
				if h == guest {
					continue
				}
				if old, ok := host[guest]; ok && old != h {
					host[guest] = -1
				} else if !ok {
					host[guest] = h
				}
			}
		}
	}
	for guest, h := range host {
		if h >= 0 {
			joins = append(joins, join{guest, h})
		}
	}
	// Alike names join in pairs only: with three spellings about, nobody knows whose is whose.
	for _, list := range alike {
		var entities []int
		for _, i := range list {
			if e := u.find(i); !slices.Contains(entities, e) {
				entities = append(entities, e)
			}
			if len(entities) > 2 {
				break
			}
		}
		if len(entities) != 2 {
			continue
		}
		if matchAll(u, nodes, list) {
			joins = append(joins, join{entities[0], entities[1]})
		}
	}
	for _, j := range joins {
		u.join(j.a, j.b)
	}
}

// matchAll reports whether every name of one of two entities matches every name of the other.
func matchAll(u *union, nodes []node, list []int) bool {
	names := [2]map[string]bool{{}, {}}
	for _, i := range list {
		side := 0
		if u.find(i) != u.find(list[0]) {
			side = 1
		}
		names[side][nodes[i].name] = true
	}
	for a := range names[0] {
		for b := range names[1] {
			if !MatchPeople(a, b) {
				return false
			}
		}
	}
	return true
}

// union is a disjoint-set forest; the root of a set is its smallest member.
type union struct{ parent []int }

func newUnion(n int) *union {
	u := &union{make([]int, n)}
	for i := range u.parent {
		u.parent[i] = i
	}
	return u
}

func (u *union) find(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

func (u *union) join(a, b int) {
	a, b = u.find(a), u.find(b)
	if a < b {
		u.parent[b] = a
	} else {
		u.parent[a] = b
	}
}
