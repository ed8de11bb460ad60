package eval

// matching is the outcome of pairing gold items with a run's items.
type matching struct {
	pairs    []pair // of required gold items (row) with system items (column)
	spurious []int  // system items without a pair that nothing excuses
	missed   []int  // required gold items without a pair
}

func (m matching) count() Count { return Count{len(m.pairs), len(m.spurious), len(m.missed)} }

// pairing says what match may pair and what it prefers.
type pairing struct {
	gold, system int
	optional     func(g int) bool
	same         func(g, s int) bool
	excused      func(s int) bool // nil: none is
	// detail gives the counts whose sums decide between pairings that are otherwise equal:
	// more found, then fewer spurious, then fewer missed; nil: nothing decides.
	detail func(g, s int) Count
}

// match finds the one-to-one pairing that finds the most required items, then leaves the
// fewest spurious ones, then has the best sums of detail.
func match(p pairing) matching {
	width := 2
	if p.detail != nil {
		width = 5
	}
	excused := make([]bool, p.system)
	for s := range excused {
		excused[s] = p.excused != nil && p.excused(s)
	}
	weights := make([][]weight, p.gold)
	for g := range weights {
		weights[g] = make([]weight, p.system)
		for s := range weights[g] {
			if !p.same(g, s) {
				continue
			}
			w := make(weight, width)
			required := !p.optional(g)
			if required {
				w[0] = 1
			}
			if !excused[s] {
				w[1] = 1
			}
			if required && p.detail != nil {
				c := p.detail(g, s)
				w[2], w[3], w[4] = int64(c.TP), -int64(c.FP), -int64(c.FN)
			}
			weights[g][s] = w
		}
	}
	return settle(assign(weights, width), p.gold, p.system, p.optional, func(s int) bool { return excused[s] })
}

// settle sorts an assignment into pairs of required items, spurious and missed ones.
func settle(pairs []pair, gold, system int, optional, excused func(int) bool) matching {
	found, taken := make([]bool, gold), make([]bool, system)
	var m matching
	for _, p := range pairs {
		found[p.row], taken[p.column] = true, true
		if !optional(p.row) {
			m.pairs = append(m.pairs, p)
		}
	}
	for s := range taken {
		if !taken[s] && !excused(s) {
			m.spurious = append(m.spurious, s)
		}
	}
	for g := range found {
		if !found[g] && !optional(g) {
			m.missed = append(m.missed, g)
		}
	}
	return m
}
