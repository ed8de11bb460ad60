package corpus

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// fundingItem is a document with one fact of a user's own kind.
func fundingItem(source, text, amount string) Item {
	at := strings.Index(text, amount)
	return Item{Doc: document.Document{Source: source, Language: "en", Text: text}, Raw: []byte(text), Facts: []extract.Fact{{
		Kind: "funding", Rule: "funding.raised", Confidence: 0.9, Own: extract.NewOwn(map[string]string{"who": "Harbour Bank", "amount": amount}),
		Citations: []extract.Citation{{Span: token.Span{Start: at, End: at + len(amount)}, Quote: amount, Rule: "funding.raised"}},
	}}}
}

// TestOwnKind: facts of a user's own kind are stored, joined, found, decided and counted as others
// are, and a sum in another currency is another fact.
func TestOwnKind(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, t.TempDir()+"/own.db", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	outcomes, err := s.Put(ctx, []Item{
		fundingItem("a.txt", "Harbour Bank raised $5 million.", "$5 million"),
		fundingItem("b.txt", "It says that Harbour Bank raised $5 Million.", "$5 Million"),
		fundingItem("c.txt", "Harbour Bank raised €5 million.", "€5 million"),
	}, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.State != New || o.Facts != 1 {
			t.Errorf("an outcome is %+v", o)
		}
	}
	facts, err := s.Facts(ctx, Filter{Kind: "funding"})
	if err != nil {
		t.Fatal(err)
	}
	if len(facts) != 2 || facts[0].Sources != 2 || facts[0].Statement != "amount: $5 million, who: Harbour Bank" ||
		!slices.Equal(facts[0].Own, []extract.Slot{{Name: "amount", Value: "$5 million"}, {Name: "who", Value: "Harbour Bank"}}) {
		t.Fatalf("the facts are %+v", facts)
	}
	var e *Error
	if _, err := s.Facts(ctx, Filter{Kind: "fundings"}); !errors.As(err, &e) || e.Problem != BadRequest || !strings.Contains(err.Error(), "agreement, funding") {
		t.Errorf("an unknown kind: %v", err)
	}
	stats, err := s.Stats(ctx)
	if err != nil || stats.Facts["funding"] != 2 {
		t.Errorf("counted %v, %v", stats.Facts, err)
	}
	counts, err := s.RuleCounts(ctx)
	if want := []RuleCount{{Rule: "funding.raised", Facts: 2, Citations: 3}}; err != nil || !slices.Equal(counts, want) {
		t.Errorf("by rules: %+v, %v", counts, err)
	}
	choices, err := s.Choices(ctx)
	if err != nil || !slices.Equal(choices.OwnKinds, []string{"funding"}) {
		t.Errorf("own kinds: %v, %v", choices.OwnKinds, err)
	}
	var line, slots string
	if err := s.db.QueryRowContext(ctx, "SELECT f.fact, o.slots FROM facts f JOIN own_facts o ON o.id = f.id WHERE f.sources = 2").Scan(&line, &slots); err != nil ||
		line != "amount: $5 million, who: Harbour Bank" || slots != `{"amount":"$5 million","who":"Harbour Bank"}` {
		t.Errorf("the views say %q and %q, %v", line, slots, err)
	}

	// An edit keeps the slots that it does not name; an unknown slot and an empty fact are refused.
	edit := func(values map[string]string) error {
		_, err := s.Decide(ctx, Verdict{Action: Edit, Fact: facts[0].ID, Who: "ana", When: "2026-01-02T03:04:05Z", Edited: &extract.Fact{Own: extract.NewOwn(values)}})
		return err
	}
	for _, wrong := range []map[string]string{{"bank": "x"}, {}, {"who": "Harbour Bank", "amount": "$5 million"}} {
		if err := edit(wrong); !errors.As(err, &e) || e.Problem != BadRequest {
			t.Errorf("the edit %v: %v", wrong, err)
		}
	}
	if err := edit(map[string]string{"who": "Harbour Bank", "amount": "$6 million"}); err != nil {
		t.Fatal(err)
	}
	facts, err = s.Facts(ctx, Filter{Kind: "funding", State: "accepted"})
	if err != nil || len(facts) != 1 || facts[0].Sources != 2 || facts[0].Statement != "amount: $6 million, who: Harbour Bank" || !facts[0].Edited {
		t.Fatalf("after the edit the facts are %+v, %v", facts, err)
	}
	report, err := s.Verify(ctx, VerifyOptions{})
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("verify finds %+v, %v", report.Faults, err)
	}
}
