package eval

// weight orders pairings: numbers compared from the first to the last, added part by part.
// All weights of one assignment have the same length; nil is zero. It stands in for one
// very large whole number whose digits are the parts.
type weight []int64

// sign is the sign of the first part that is not zero.
func (w weight) sign() int {
	for _, x := range w {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
	}
	return 0
}

func (w weight) less(o weight) bool {
	for i, x := range w {
		if x != o[i] {
			return x < o[i]
		}
	}
	return false
}

func (w weight) add(o weight) {
	for i, x := range o {
		w[i] += x
	}
}

func (w weight) sub(o weight) {
	for i, x := range o {
		w[i] -= x
	}
}

// vector is a row of n weights of k parts in one allocation.
type vector struct {
	parts []int64
	k     int
}

func newVector(n, k int) vector      { return vector{make([]int64, n*k), k} }
func (v vector) at(i int) weight     { return weight(v.parts[i*v.k : (i+1)*v.k]) }
func (v vector) set(i int, w weight) { copy(v.at(i), w) }
func (v vector) negate(i int)        { negate(v.at(i)) }
func negate(w weight) {
	for i := range w {
		w[i] = -w[i]
	}
}

// pair is a row and a column that belong together.
type pair struct{ row, column int }

// assign finds the one-to-one pairing of rows and columns with the greatest total weight.
// weights[i][j] has k parts or is nil; a weight of zero or less is no pair. The result is
// in order of columns.
//
// It is the Hungarian method with potentials (rows inserted one by one, shortest
// augmenting path), in O(rows² · columns); each row has a dummy column of weight zero, so
// that it may stay unpaired. The method only adds, subtracts and compares, so it works on
// lexicographically ordered vectors as it does on numbers.
func assign(weights [][]weight, k int) []pair {
	rows := len(weights)
	if rows == 0 {
		return nil
	}
	var columns []int
	for j := range weights[0] {
		for i := range weights {
			if weights[i][j].sign() > 0 {
				columns = append(columns, j)
				break
			}
		}
	}
	if len(columns) == 0 {
		return nil
	}
	width := len(columns) + rows
	zero := make(weight, k)
	cost := make([]vector, rows) // of the real columns; dummies cost zero
	for i := range cost {
		cost[i] = newVector(len(columns), k)
		for c, j := range columns {
			if w := weights[i][j]; w.sign() > 0 {
				cost[i].set(c, w)
				cost[i].negate(c)
			}
		}
	}
	u, v := newVector(rows+1, k), newVector(width+1, k) // potentials
	least := newVector(width+1, k)
	reduced := make(weight, k)
	delta := make(weight, k)
	owner := make([]int, width+1) // row that holds a column, from 1; 0 is none
	for i := 1; i <= rows; i++ {
		owner[0] = i
		j0 := 0
		known := make([]bool, width+1)
		used := make([]bool, width+1)
		back := make([]int, width+1)
		for owner[j0] != 0 {
			used[j0] = true
			j1 := -1
			row := owner[j0]
			for j := 1; j <= width; j++ {
				if used[j] {
					continue
				}
				if j <= len(columns) {
					copy(reduced, cost[row-1].at(j-1))
				} else {
					copy(reduced, zero)
				}
				reduced.sub(u.at(row))
				reduced.sub(v.at(j))
				if !known[j] || reduced.less(least.at(j)) {
					least.set(j, reduced)
					known[j], back[j] = true, j0
				}
				if j1 < 0 || least.at(j).less(least.at(j1)) {
					j1 = j
				}
			}
			copy(delta, least.at(j1))
			for j := 0; j <= width; j++ {
				switch {
				case used[j]:
					u.at(owner[j]).add(delta)
					v.at(j).sub(delta)
				case j > 0:
					least.at(j).sub(delta)
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			owner[j0] = owner[back[j0]]
			j0 = back[j0]
		}
	}
	var pairs []pair
	for c, j := range columns {
		if row := owner[c+1]; row != 0 && weights[row-1][j].sign() > 0 {
			pairs = append(pairs, pair{row - 1, j})
		}
	}
	return pairs
}
