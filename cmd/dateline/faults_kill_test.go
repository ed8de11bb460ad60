package main

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"dateline/corpus/fault"
)

// killTrials is the number of kills of all works together.
const killTrials = 300

// TestFaultKill kills the program with kill -9, at random moments and at places that it comes
// by, in every command that writes. (A1)
func TestFaultKill(t *testing.T) {
	list := works(t)
	n := trials(killTrials)
	each := max(2, n/len(list))
	total, killed, atPlace := 0, 0, map[fault.Event]int{}
	for k, w := range list {
		rng := chance(uint64(k) + 11)
		length := w.duration(t)
		for trial := range each {
			c := w.command(t, w.fresh(t))
			how := ""
			if trial%2 == 0 {
				event, nth := w.place(rng)
				how = fmt.Sprintf("%s:%d", event, nth)
				c.cmd.Env = append(c.cmd.Env, envKill+"="+how)
				if c.run(t) == -1 {
					killed++
					atPlace[event]++
				}
			} else {
				after := time.Duration(rng.Int64N(int64(length)))
				how = fmt.Sprintf("after %v of %v", after, length)
				ended, result := c.start(t)
				c.began(ended)
				select {
				case <-ended:
				case <-time.After(after):
				}
				c.cmd.Process.Kill()
				<-ended
				if exitOf(t, *result) == -1 {
					killed++
				}
			}
			total++
			problems := w.broken(t, c.db, c.acked(t))
			problems = append(problems, w.recover(t, c.db)...)
			for _, p := range problems {
				t.Errorf("%s killed %s: %s", w.name, how, p)
			}
		}
	}
	if killed*10 < total*6 {
		t.Errorf("only %d of %d were killed in their work: too little was tested", killed, total)
	}
	tried(t, "A1 kill -9", total, "%d killed in their work, at places %v", killed, atPlace)
}

// place chooses a place that the work comes by: all kinds alike, then all places of the kind alike.
func (w *work) place(rng *rand.Rand) (fault.Event, int) {
	var seen []fault.Event
	for _, e := range fault.Events {
		if w.events[e] > 0 {
			seen = append(seen, e)
		}
	}
	e := seen[rng.IntN(len(seen))]
	return e, 1 + rng.IntN(w.events[e])
}

// TestFaultOracle is the control of the tests above: databases that are broken by hand, each of
// which the oracle has to report.
func TestFaultOracle(t *testing.T) {
	for _, w := range works(t) {
		if w.name == "remove" {
			continue
		}
		for what, spoil := range map[string]string{
			"a document without its statements":  `DELETE FROM statement WHERE document_id = (SELECT max(document_id) FROM statement)`,
			"a document without some statements": `DELETE FROM statement WHERE id = (SELECT max(id) FROM statement)`,
			"facts that are not marked complete": `UPDATE document SET facts_hash = '' WHERE is_current = 1`,
			"raw bytes that are gone":            `PRAGMA foreign_keys = OFF; DELETE FROM raw WHERE hash = (SELECT max(raw_hash) FROM document)`,
			"a text that changed":                `UPDATE document SET text = '!' || text WHERE id = (SELECT max(id) FROM document WHERE is_current = 1)`,
			"a fact without statement":           `INSERT INTO fact(hash, kind, normal, sources, citations, confidence) VALUES ('x', 'date', 'x', 1, 1, 1)`,
			"an index without a text":            `INSERT INTO document_text(document_text) VALUES ('delete-all')`,
		} {
			db := w.fresh(t)
			if code, _, messages := w.again(db); code != w.code {
				t.Fatalf("exit code %d: %s", code, messages)
			}
			spoiled := openSQL(t, db)
			if _, err := spoiled.Exec(spoil); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			spoiled.Close()
			if problems := w.broken(t, db, nil); len(problems) == 0 {
				t.Errorf("%s: %s was not seen", w.name, what)
			}
		}
		// What was reported done and is not: the database as it was before.
		var reported []string
		for key, value := range w.new {
			if w.old[key] != value {
				reported = append(reported, key)
			}
		}
		if problems := w.broken(t, w.fresh(t), reported); len(problems) == 0 {
			t.Errorf("%s: %d lost documents were not seen", w.name, len(reported))
		}
	}
}
