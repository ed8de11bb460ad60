package main

import (
	"math"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// spans writes places of a text as code points with their words.
type spans struct {
	text  string
	index *extract.RuneIndex
}

// of is the beginning of an object for a place.
func (s spans) of(span token.Span) object {
	return object{{"start", s.index.At(span.Start)}, {"end", s.index.At(span.End)}, {"text", span.Of(s.text)}}
}

// explainedObject is an explanation as JSON. Offsets count code points of the document's text.
func explainedObject(doc document.Document, got extract.Reading, f explainFlags) object {
	at := spans{doc.Text, extract.NewRuneIndex(doc.Text)}
	ids := corpus.IDs(doc.Source, got.Facts)
	sentences := []object{}
	for _, s := range got.Trace.Sentences {
		if f.sentence == 0 || s.Number == f.sentence {
			sentences = append(sentences, sentenceObject(at, s, got.Facts, ids, f.tokens))
		}
	}
	entities := []object{}
	for _, e := range got.Trace.Entities {
		forms := []object{}
		for _, x := range e.Forms {
			forms = append(forms, object{{"text", x.Text}, {"rule", x.Rule}, {"first", x.First}, {"places", x.Places}})
		}
		entities = append(entities, object{{"kind", string(e.Kind)}, {"name", e.Name}, {"parent", orNull(e.Parent)}, {"rule", e.Rule}, {"score", rounded(e.Score)},
			{"forms", forms}, {"merged", orEmpty(e.Merged)}})
	}
	return object{{"source", doc.Source}, {"title", orNull(doc.Title)}, {"published", orNull(doc.Published.Value)}, {"published_from", orNull(doc.Published.From)},
		{"note", nil}, {"sentences", sentences}, {"entities", entities}}
}

// sentenceObject is one sentence.
func sentenceObject(at spans, s extract.SentenceTrace, facts []extract.Fact, ids []string, tokens bool) object {
	o := append(object{{"sentence", s.Number}}, at.of(s.Span)...)
	o = append(o, field{"zone", orNull(string(s.Zone))}, field{"silent", s.Silent}, field{"title_case", s.TitleCase})
	if tokens {
		list := []object{}
		for _, t := range s.Tokens {
			list = append(list, append(at.of(t.Span), field{"lists", orEmpty(t.Classes())}))
		}
		o = append(o, field{"tokens", list})
	}
	mentions, weighed, dated, posts, agreements, stated, refusals := []object{}, []object{}, []object{}, []object{}, []object{}, []object{}, []object{}
	for _, m := range s.Mentions {
		var entity any
		if m.Entity >= 0 {
			entity = m.Entity
		}
		mentions = append(mentions, append(at.of(m.Span), object{{"type", m.Type}, {"rule", m.Rule}, {"step", m.Step}, {"score", rounded(m.Score)}, {"entity", entity}}...))
	}
	for _, n := range s.Weighed {
		evidence := []object{}
		for _, e := range n.Evidence {
			evidence = append(evidence, object{{"what", e.What}, {"weight", rounded(e.Weight)}, {"detail", orNull(e.Detail)}})
		}
		v := n.Votes
		weighed = append(weighed, append(at.of(n.Span), object{{"evidence", evidence}, {"score", rounded(n.Score)}, {"needed", n.Needed},
			{"votes", object{{"places", v.Places}, {"best", rounded(v.Best)}, {"person", v.Person}, {"organisation", v.Organisation}, {"location", v.Location}, {"located", v.Located},
				{"type", orNull(v.Type)}, {"why", v.Why}}},
			{"outcome", orNull(n.Outcome)}, {"rule", orNull(n.Rule)}}...))
	}
	for _, m := range s.Dates {
		dated = append(dated, append(at.of(m.Span), object{{"type", m.Type}, {"value", m.Value}, {"mod", orNull(m.Mod)}, {"rule", m.Rule}, {"anchor", orNull(m.Anchor)},
			{"anchor_from", orNull(m.AnchorFrom)}, {"alternatives", orEmpty(m.Alternatives)}}...))
	}
	for _, p := range s.Posts {
		posts = append(posts, append(at.of(p.Span), object{{"when", p.When}, {"holder", orNull(p.Holder)}, {"institution", orNull(p.Where)}, {"rule", orNull(p.Rule)}, {"score", rounded(p.Score)}}...))
	}
	for _, g := range s.Agreements {
		agreements = append(agreements, append(at.of(g.Span), object{{"type", g.Type}, {"status", g.Status}, {"parties", orEmpty(g.Parties)}, {"signatories", orEmpty(g.Signatories)},
			{"date", orNull(g.Date)}, {"place", orNull(g.Place)}, {"subject", orNull(g.Subject)}, {"rule", g.Rule}, {"alone", g.Alone}}...))
	}
	for _, i := range s.Facts {
		stated = append(stated, object{{"id", ids[i]}, {"kind", string(facts[i].Kind)}, {"fact", describe(facts[i])}, {"rule", facts[i].Rule}, {"confidence", rounded(facts[i].Confidence)}})
	}
	for _, r := range s.Refusals {
		refusals = append(refusals, append(at.of(r.Span), object{{"trigger", r.Trigger}, {"code", r.Code}, {"means", extract.Meaning(r.Code)}, {"detail", orNull(r.Detail)}}...))
	}
	return append(o, object{{"mentions", mentions}, {"weighed", weighed}, {"dates", dated}, {"posts", posts}, {"agreements", agreements}, {"facts", stated}, {"refusals", refusals}}...)
}

// rounded takes the noise of sums off a number: 2.6, not 2.6000000000000001.
func rounded(x float64) float64 { return math.Round(x*10000) / 10000 }
