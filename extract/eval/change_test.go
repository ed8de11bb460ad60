package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// smallResult scores a changed copy of a perfect run on the small gold.
func smallResult(t *testing.T, change func(facts []any) []any) Result {
	t.Helper()
	return scored(t, smallCase(t), change(smallRun(t)))
}

func same(facts []any) []any { return facts }

// without drops the facts that a condition selects.
func without(drop func(object) bool) func([]any) []any {
	return func(facts []any) []any {
		return slices.DeleteFunc(facts, func(f any) bool { return drop(f.(object)) })
	}
}

func TestCompareNamesWhatMoved(t *testing.T) {
	perfect := smallResult(t, same)
	noHolm := smallResult(t, without(func(f object) bool { return f["kind"] == "person" && f["name"] == "Ida Holm" }))
	c := Compare(perfect, noHolm)
	if len(c.Broken) == 0 || len(c.Mended) != 0 || c.Broken[0].What != "Ida Holm" || c.Broken[0].Kind != "missed" {
		t.Errorf("losing a person gives %+v", c)
	}
	if got := c.Text("yesterday"); !strings.Contains(got, "person ") || !strings.Contains(got, "fn +1") || !strings.Contains(got, "since yesterday: overall F1 goes from 1.000 to ") {
		t.Errorf("the text is\n%s", got)
	}
	back := Compare(noHolm, perfect)
	if len(back.Mended) != len(c.Broken) || len(back.Broken) != 0 {
		t.Errorf("the other way round, %d errors were mended, want %d", len(back.Mended), len(c.Broken))
	}

	subject := func(to string) Result {
		return smallResult(t, func(facts []any) []any {
			for _, f := range facts {
				if f := f.(object); f["kind"] == "agreement" && f["type"] == "contract" {
					f["subject"] = to
				}
			}
			return facts
		})
	}
	c = Compare(subject("a ship"), subject("a bridge"))
	if len(c.Changed) != 1 || len(c.Mended)+len(c.Broken) != 0 || c.Changed[0].Before.Got != `"a ship"` || c.Changed[0].Now.Got != `"a bridge"` {
		t.Errorf("another wrong subject gives %+v", c)
	}
	if got := c.Summary(); got != "overall F1 stays 0.987; errors: 0 mended, 0 broken, 1 wrong in another way" {
		t.Errorf("the summary is %q", got)
	}
}

// TestCompareBalances holds on random runs: a run has not moved from itself, the way back is
// the mirror of the way there, and the errors balance.
func TestCompareBalances(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	some := func(facts []any) []any {
		return slices.DeleteFunc(facts, func(any) bool { return rng.IntN(4) == 0 })
	}
	moved := 0
	for range 200 {
		a, b := smallResult(t, some), smallResult(t, some)
		if s := Compare(a, a).Summary(); s != "nothing moved" {
			t.Fatalf("a run moved from itself: %s", s)
		}
		there, back := Compare(a, b), Compare(b, a)
		if len(there.Mended) != len(back.Broken) || len(there.Broken) != len(back.Mended) || len(there.Changed) != len(back.Changed) {
			t.Fatalf("there %s, back %s", there.Summary(), back.Summary())
		}
		if len(a.Errors())-len(there.Mended)+len(there.Broken) != len(b.Errors()) {
			t.Fatalf("%d errors, %s, %d errors", len(a.Errors()), there.Summary(), len(b.Errors()))
		}
		if len(there.Mended)+len(there.Broken) > 0 {
			moved++
		}
	}
	if moved < 100 {
		t.Errorf("only %d of 200 random pairs moved", moved)
	}
}

func TestIntervals(t *testing.T) {
	r := smallResult(t, without(func(f object) bool { return f["kind"] == "title" }))
	if low, high := r.Interval("title"); low != 0 || high != 0 {
		t.Errorf("without any title the interval is %v to %v", low, high)
	}
	if low, high := r.Interval("person"); low != 1 || high != 1 {
		t.Errorf("with all people the interval is %v to %v", low, high)
	}
	d := r.PerDocument[0]
	low, high := d.Interval()
	if d.Overall() != r.Overall || low > d.Overall() || high < d.Overall() || low == 1 {
		t.Errorf("%v is not within %v to %v", d.Overall(), low, high)
	}
	r = smallResult(t, without(func(f object) bool { return f["kind"] == "person" && f["name"] == "Ida Holm" }))
	if low, high := r.PerDocument[0].Interval(); low >= high {
		t.Errorf("with a person missed, the items of the document give %v to %v", low, high)
	}
}

func TestNearMissesThatComeBack(t *testing.T) {
	gold := strings.Replace(smallGold, "\n \"agreements\"", `
 "near_misses": [{"kind": "date", "quote": "2021", "value": "2021-01"}, {"kind": "person", "name": "Oryx Press", "quote": "Oryx Press"},
  {"kind": "title", "person": "Ida Holm", "title": "head", "institution": "Meru Academy", "quote": "head of Nordvik College"},
  {"kind": "agreement", "type": "treaty", "status": "signed", "parties": ["Oryx Press", "Meru Academy"], "quote": "Oryx Press"}],
 "agreements"`, 1)
	c, err := ParseGold(smallCase(t).Name, []byte(gold))
	if err != nil {
		t.Fatal(err)
	}
	if wrong := c.Validate(smallText); len(wrong) > 0 {
		t.Fatalf("the gold is not valid: %q", wrong)
	}
	facts := smallRun(t)
	if r := scored(t, c, facts); r.NearMisses != 4 || r.CameBack != 0 {
		t.Errorf("of a perfect run %d of %d came back", r.CameBack, r.NearMisses)
	}
	plain := smallResult(t, same)
	if r := scored(t, c, facts); r.Overall != plain.Overall || r.Metrics[0] != plain.Metrics[0] {
		t.Error("near misses change a figure")
	}
	facts = append(facts, object{"kind": "title", "person": "ida  HOLM", "title": "Head", "institution": "Meru Academy"},
		object{"kind": "agreement", "type": "treaty", "status": "signed", "parties": []any{"Meru Academy", "Oryx Press"}})
	r := scored(t, c, facts)
	if r.CameBack != 2 {
		t.Errorf("%d came back, want 2: %+v", r.CameBack, r.Errors())
	}
	c.NearMisses[0].Quote = "not there"
	c.NearMisses[1].Kind = "animal"
	if wrong := c.Validate(smallText); len(wrong) != 2 {
		t.Errorf("two faults of near misses give %q", wrong)
	}
}
