package eval

// A small text of our own and its gold: on it each change to a run moves known figures.
const smallText = "On 18 May 2024 Ann Lee, rector of Alpha University (AU), and Bo Wang, dean of the Faculty of Law of Beta Institute, " +
	"signed a memorandum on student exchange in Astana. By early August Alpha University and Gamma Bank will sign a contract " +
	"on a new campus hotel. Lee met Cy Wang, director of Gamma Bank, in 2023. Posted by Delta News, Friday 24 May 2024."

const smallGold = `{
 "dates": [{"text": "18 May 2024", "value": "2024-05-18"}, {"text": "early August", "value": "2024-08", "mod": "START"},
           {"text": "2023", "value": "2023"}, {"text": "Friday 24 May 2024", "value": "2024-05-24", "optional": true}],
 "people": [{"name": "Ann Lee", "aliases": ["Lee"]}, {"name": "Bo Wang", "aliases": ["Wang"]}, {"name": "Cy Wang", "aliases": ["Wang"]}],
 "institutions": [{"name": "Alpha University", "aliases": ["AU"]}, {"name": "Beta Institute"}, {"name": "Gamma Bank"},
                  {"name": "Faculty of Law", "parent": "Beta Institute"}, {"name": "Delta News", "optional": true}],
 "titles": [{"person": "Ann Lee", "title": "rector", "institution": "Alpha University"},
            {"person": "Bo Wang", "title": "dean", "institution": "Faculty of Law", "institution_also": ["Beta Institute"]},
            {"person": "Cy Wang", "title": "director", "institution": "Gamma Bank"}],
 "agreements": [{"type": "memorandum", "status": "signed", "parties": ["Alpha University", "Faculty of Law"], "parties_also": ["Beta Institute"],
                 "signatories": ["Ann Lee", "Bo Wang"], "date": "2024-05-18", "place": "Astana", "subject": "student exchange"},
                {"type": "contract", "status": "planned", "parties": ["Alpha University", "Gamma Bank"], "signatories": [],
                 "date": "2024-08", "place": null, "subject": "a new campus hotel"}]
}`
