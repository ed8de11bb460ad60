package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"dateline/extract"
)

// The kinds of entity.
const (
	kindPerson      = "person"
	kindInstitution = "institution"
)

// form is how one document names one person or institution. Equal forms of several documents
// are one row: they have the same name, aliases, parent and keys, hence the same entity.
type form struct {
	kind    string
	name    string
	aliases []string
	parent  *form
	keys    []formKey

	signature string
	id        int64 // row, once known
}

// key is the smallest strong key: what the form's entity is called in normal forms when no
// other form joins it.
func (f *form) key() string { return smallestStrong(f.keys) }

// packedKeys are the keys as they are stored.
func (f *form) packedKeys() [][3]int64 {
	packed := make([][3]int64, len(f.keys))
	for i, k := range f.keys {
		packed[i] = [3]int64{hashKey(k.key), int64(k.level), int64(k.role)}
	}
	return packed
}

func smallestStrong(keys []formKey) string {
	best := ""
	for _, k := range keys {
		if k.role == strong && (best == "" || k.key < best) {
			best = k.key
		}
	}
	return best
}

// sign computes the form's signature from everything that linking sees.
func (f *form) sign() {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			h.Write([]byte(p))
			h.Write([]byte{0})
		}
	}
	write(f.kind, f.name)
	write(f.aliases...)
	write("")
	if f.parent != nil {
		write(f.parent.signature)
	}
	for _, k := range f.keys {
		write(k.key, string(rune('0'+k.level)), string(rune('0'+int(k.role))))
	}
	f.signature = hex.EncodeToString(h.Sum(nil)[:16])
}

// read is one document's facts with the forms that they name.
type read struct {
	slots []slots
	refs  [][]ref // the forms that each fact names
	forms []*form // parents before their units; no two with the same signature
}

// ref is a place of a fact where it names a form.
type ref struct {
	role    string // person, institution, party, signatory
	ordinal int
	form    *form
}

// readFacts computes the forms of one document. It sees nothing but the document.
func readFacts(source string, facts []extract.Fact) read {
	r := read{slots: make([]slots, len(facts)), refs: make([][]ref, len(facts))}
	b := &formBuilder{source: source, bySignature: map[string]*form{}, institutions: map[string]*local{}, people: map[string]*local{}}
	own := make([]*local, len(facts)) // the person or institution that a fact of that kind is about
	for i, f := range facts {
		r.slots[i], _ = slotsOf(f)
		s := r.slots[i]
		switch f.Kind {
		case extract.KindInstitution:
			own[i] = b.declare(b.institutions, kindInstitution, s)
		case extract.KindPerson:
			own[i] = b.declare(b.people, kindPerson, s)
		}
	}
	b.findMentions(facts, own)
	for i, f := range facts { // posts give people their contexts
		if s := r.slots[i]; f.Kind == extract.KindTitle {
			p := b.refer(b.people, kindPerson, s.Person)
			p.posts = append(p.posts, post{s.Title, s.Institution})
		}
	}
	for i, f := range facts {
		s := r.slots[i]
		add := func(role string, ordinal int, f *form) { r.refs[i] = append(r.refs[i], ref{role, ordinal, f}) }
		switch f.Kind {
		case extract.KindInstitution:
			add("institution", 0, b.form(own[i], 0))
		case extract.KindPerson:
			add("person", 0, b.form(own[i], 0))
		case extract.KindTitle:
			add("person", 0, b.form(b.refer(b.people, kindPerson, s.Person), 0))
			if s.Institution != "" {
				add("institution", 0, b.form(b.refer(b.institutions, kindInstitution, s.Institution), 0))
			}
		case extract.KindAgreement:
			for k, name := range s.Parties {
				add("party", k, b.form(b.refer(b.institutions, kindInstitution, name), 0))
			}
			for k, name := range s.Signatories {
				add("signatory", k, b.form(b.refer(b.people, kindPerson, name), 0))
			}
		}
	}
	r.forms = b.forms
	return r
}

// local is a person or institution of one document while its form is being made.
type local struct {
	kind    string
	slots   slots
	posts   []post
	form    *form
	parents parentKeys // what it lends to units and people
	start   int        // byte of its first citation
	making  bool       // guards against parents in a circle
}

type post struct{ title, institution string }

type formBuilder struct {
	source       string
	institutions map[string]*local // by folded name and alias; a name wins over an alias
	people       map[string]*local
	mentions     []mention // of particular institutions
	bySignature  map[string]*form
	forms        []*form
}

// mention is a place where the document names a particular institution.
type mention struct {
	start int // bytes
	local *local
}

// findMentions lists the places of particular institutions, in text order.
func (b *formBuilder) findMentions(facts []extract.Fact, own []*local) {
	for i, f := range facts {
		if f.Kind != extract.KindInstitution {
			continue
		}
		n := readInstitution(own[i].slots.Name)
		particular := !n.generic() && !n.state && own[i].slots.Parent == ""
		own[i].start = -1
		for k, c := range f.Citations {
			if k == 0 || c.Start < own[i].start {
				own[i].start = c.Start
			}
			if particular {
				b.mentions = append(b.mentions, mention{c.Start, own[i]})
			}
		}
	}
	slices.SortStableFunc(b.mentions, func(x, y mention) int { return x.start - y.start })
}

// before is the particular institution named last before a place, or nil.
func (b *formBuilder) before(start int) *local {
	i, _ := slices.BinarySearchFunc(b.mentions, start, func(m mention, at int) int { return m.start - at })
	if i == 0 {
		return nil
	}
	return b.mentions[i-1].local
}

// declare adds the person or institution of a fact. Two units of one name (under two
// parents) are two; the name alone then means the first.
func (b *formBuilder) declare(table map[string]*local, kind string, s slots) *local {
	l := &local{kind: kind, slots: s}
	key := nameKey(s.Name)
	if old, ok := table[key]; !ok || nameKey(old.slots.Name) != key {
		table[key] = l
	}
	for _, a := range s.Aliases {
		if k := nameKey(a); k != "" {
			if _, ok := table[k]; !ok {
				table[k] = l
			}
		}
	}
	return l
}

// refer finds the person or institution that a fact names, or makes one that no fact of its
// own stands for (a country that signs).
func (b *formBuilder) refer(table map[string]*local, kind, name string) *local {
	if l, ok := table[nameKey(name)]; ok {
		return l
	}
	l := &local{kind: kind, slots: slots{Name: name}}
	table[nameKey(name)] = l
	return l
}

// nameKey is a name as it is looked up within one document.
func nameKey(name string) string {
	if t := foldText(name); t != "" {
		return strings.TrimPrefix(t, "the ")
	}
	return strings.TrimSpace(name)
}

// form makes the form of a local once.
func (b *formBuilder) form(l *local, depth int) *form {
	if l.form != nil {
		return l.form
	}
	l.making = true
	f := &form{kind: l.kind, name: l.slots.Name, aliases: slices.Clone(l.slots.Aliases)}
	slices.Sort(f.aliases)
	f.aliases = slices.Compact(f.aliases)
	if l.kind == kindInstitution {
		var parents parentKeys
		if l.slots.Parent != "" && depth < 6 { // deeper nesting than that is no organisation chart
			if p := b.refer(b.institutions, kindInstitution, l.slots.Parent); !p.making {
				f.parent = b.form(p, depth+1)
				parents = p.parents
			}
		}
		var about parentKeys
		if l.slots.Parent == "" && depth < 6 {
			if whole := b.before(l.start); whole != nil && whole != l && !whole.making {
				b.form(whole, depth+1)
				about = whole.parents
			}
		}
		f.keys = institutionKeys(b.source, f.name, f.aliases, parents, about)
		l.parents = lend(f.keys, f.name, f.aliases)
	} else {
		contexts, posts := b.contexts(l)
		f.keys = personKeys(b.source, append([]string{f.name}, f.aliases...), contexts, posts)
	}
	l.making = false
	f.sign()
	if same, ok := b.bySignature[f.signature]; ok {
		f = same
	} else {
		b.bySignature[f.signature] = f
		b.forms = append(b.forms, f)
	}
	l.form = f
	return f
}

// contexts are the keys of the institutions where a person has a post, with the institutions
// that those are units of, and of the posts themselves.
func (b *formBuilder) contexts(l *local) (contexts, posts []string) {
	for _, p := range l.posts {
		if p.institution == "" {
			continue
		}
		i := b.refer(b.institutions, kindInstitution, p.institution)
		for depth := 0; i != nil && depth < 6; depth++ {
			b.form(i, 0)
			for _, k := range slices.Concat(i.parents.strong, i.parents.short, i.parents.asks) {
				contexts = append(contexts, k)
				if depth == 0 {
					posts = append(posts, foldText(p.title)+"@"+k)
				}
			}
			if i.slots.Parent == "" {
				break
			}
			i = b.institutions[nameKey(i.slots.Parent)]
		}
	}
	slices.Sort(contexts)
	slices.Sort(posts)
	return slices.Compact(contexts), slices.Compact(posts)
}
