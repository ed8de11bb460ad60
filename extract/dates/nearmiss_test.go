package dates

import (
	"strings"
	"testing"

	"dateline/extract/token"
)

// Sentences that almost hold a date and hold none.
func TestNearMisses(t *testing.T) {
	for _, text := range []string{
		// numbers that are no years
		"Some 2,000 people came.", "It has 2000 students and 1990 employees.", "They met in room 2024.", "See No. 2023 for that.", "It meets ISO 9001.",
		"Call 555-2024 now.", "Call +1 202 555 2024 now.", "It cost $2024.", "It is 1998 km long.", "Regulation (EU) 2016/679 applies.", "Resolution 2118 (2013) applies.",
		"Over 2000 villages have it.", "A total of 1998 graduates came.", "Version 2024.1 is out.", "It has 2024 MW.", "The COVID-2019 case.", "Expo 2020 closed.", "The Vision 2030 plan.",
		// words that are no months, days or seasons
		"He may march.", "You may sit in the sun.", "April Smith met August Wilson.", "They saw Theresa May.", "Prices fall.", "The spring broke.", "A second look.",
		"Black Friday is near.", "The Sunday Times wrote it.", "They met in Mar del Plata.", "The Spring Festival is near.", "He came on a Monday.",
		// our time is no day
		"In today's world, much is new.", "Today, the school has many friends.", "It came recently and will go in the future.", "Several years ago it closed.",
		// impossible dates
		"It closed on 31 February 2024.", "It closed on 32.05.2024.", "It closed on 2024-13-05.",
		// ordinals that count
		"The 24th session closed.", "They met on the 24th floor.", "The 21st-century skills count.",
		"Half a century ago it closed.", "It is held on the third Sunday of every month.", "He plays on Tuesday nights.", "The Saturday Night Owls won.",
		"They won the 2024 Lima Games.", "They saw the 2008 Summer Olympics.", "Same day processing is free.",
		// number words and small months that are none
		"The twenty eighteen-year-olds came.", "Nineteen people came.", "In two thousand cases it failed.", "He may 5 times.", "He may first ask.", "The 5 may differ.", "They march 20 km.", "The nineteen thirty-day terms.",
		"See resolution 12 (2013) for that.",
		"Join today with plans.", "They strike on the same day that others vote.", "The course will last three weekends.",
		// of any year, or of none
		"You agree at noon, he said.", "We sign then, and not a day earlier.", "They crossed 16 December Square on foot.",
		// names with holidays in them, and holidays that are kept on no one day
		"The Christmas market opened.", "They sailed to Easter Island.", "The Thanksgiving Day Parade drew many.", "Merry Christmas to all.", "The New Year Day Ltd. grew.", "On Mother's Day they met.", "The All Saints Church.",
		"It closed on Eid al-Fitr.", "The memorial day by day.", "Black Friday is near.",
		// idiom
		"At the end of the day it works.", "The two-thirds vote of 9/11 and 24/7.",
	} {
		for _, m := range find(text, "2024-05-18") {
			if m.Type == TypeDate || m.Type == TypeTime {
				t.Errorf("%s: %q gives %s by %s", text, m.Of(text), m.Value, m.Rule)
			}
		}
	}
}

func TestNamesAndFurniture(t *testing.T) {
	text := "The May 4th Movement began. They met on May 5, 2024. Copyright 1 May 2020."
	at := func(s string) token.Span {
		i := strings.Index(text, s)
		return token.Span{Start: i, End: i + len(s)}
	}
	tokens := token.Tokenize(text)
	ctx := Context{Names: []token.Span{at("May 4th Movement")}, Silent: []token.Span{at("Copyright 1 May 2020.")}}
	got, refused := Find(text, tokens, token.Sentences(text, tokens), ctx)
	if got := show(text, got); got != "May 5, 2024 = 2024-05-05" {
		t.Errorf("got %s", got)
	}
	if len(refused) != 1 || refused[0].Of(text) != "May 4th" || refused[0].Reason != InName {
		t.Errorf("refused %+v, want May 4th as a part of a name", refused)
	}
}
