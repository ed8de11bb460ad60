package eval

// A small text of our own and its gold: on it each change to a run moves known figures.
const smallText = "On 7 March 2023 Ida Holm, head of Nordvik College (NC), and Raj Patel, chair of the School of Design of Meru Academy, " +
	"concluded a memorandum on teacher training in Nairobi. In late June Nordvik College and Oryx Press will conclude a contract " +
	"on a shared online library. Holm also met Lena Patel, editor of Oryx Press, in 2021. Source: Fjord Daily, Monday 13 March 2023."

const smallGold = `{
 "dates": [{"text": "7 March 2023", "value": "2023-03-07"}, {"text": "late June", "value": "2023-06", "mod": "END"},
           {"text": "2021", "value": "2021"}, {"text": "Monday 13 March 2023", "value": "2023-03-13", "optional": true}],
 "people": [{"name": "Ida Holm", "aliases": ["Holm"]}, {"name": "Raj Patel", "aliases": ["Patel"]}, {"name": "Lena Patel", "aliases": ["Patel"]}],
 "institutions": [{"name": "Nordvik College", "aliases": ["NC"]}, {"name": "Meru Academy"}, {"name": "Oryx Press"},
                  {"name": "School of Design", "parent": "Meru Academy"}, {"name": "Fjord Daily", "optional": true}],
 "titles": [{"person": "Ida Holm", "title": "head", "institution": "Nordvik College"},
            {"person": "Raj Patel", "title": "chair", "institution": "School of Design", "institution_also": ["Meru Academy"]},
            {"person": "Lena Patel", "title": "editor", "institution": "Oryx Press"}],
 "agreements": [{"type": "memorandum", "status": "signed", "parties": ["Nordvik College", "School of Design"], "parties_also": ["Meru Academy"],
                 "signatories": ["Ida Holm", "Raj Patel"], "date": "2023-03-07", "place": "Nairobi", "subject": "teacher training"},
                {"type": "contract", "status": "planned", "parties": ["Nordvik College", "Oryx Press"], "signatories": [],
                 "date": "2023-06", "place": null, "subject": "a shared online library"}]
}`
