package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/ingest/document"
)

// The cases of this file are ways of saying one thing, each the smallest text that shows it;
// whole releases stand in testdata/releases.

func read(text string) []Fact {
	return Facts(document.Document{Source: "case.txt", Language: "en", Text: text})
}

func titlesOf(text string) []string {
	var out []string
	for _, f := range read(text) {
		if f.Title != nil {
			out = append(out, fmt.Sprintf("%s | %s | %s | %s", f.Title.Person, f.Title.Title, f.Title.Institution, f.Title.When))
		}
	}
	slices.Sort(out)
	return out
}

func TestTitles(t *testing.T) {
	for text, want := range map[string][]string{
		"Anna Berg, chief executive of Nordic Rail, said the line was safe.":                                                         {"Anna Berg | chief executive | Nordic Rail | current"},
		"The Board of Directors of Kestrel Steel Limited has appointed Mr. Rajan Roe as Chief Executive Officer.":                    {"Rajan Roe | Chief Executive Officer | Kestrel Steel Limited | current"},
		"Kestrel plc (LSE: KST) announced the appointment of Jane Hale, formerly of Rowan Group, as its chief operating officer.":    {"Jane Hale | chief operating officer | Kestrel plc | current"},
		"Harbour Corp. announced on Tuesday that Jane Hale, previously chief financial officer at Rowan Group, will become its CFO.": {"Jane Hale | CFO | Harbour Corp. | incoming", "Jane Hale | chief financial officer | Rowan Group | former"},
		"CEO Anna Berg of Nordic Rail Holdings opened the meeting.":                                                                  {"Anna Berg | CEO | Nordic Rail Holdings | current"},
		"Kofi Boateng, Head of the Department of Physics, University of Cape Coast, gave a lecture.":                                 {"Kofi Boateng | Head | Department of Physics | current"},
		"The Secretary-General of the Pacific Fisheries Forum, Dr Sione Tupou, attended.":                                            {"Sione Tupou | Secretary-General | Pacific Fisheries Forum | current"},
		"Minister of Foreign Affairs and Cooperation of Rwanda Vincent Biruta arrived.":                                              {"Vincent Biruta | Minister of Foreign Affairs and Cooperation |  | current"},
		"Director of the Institute of Physics Maria Neri cut the ribbon.":                                                            {"Maria Neri | Director | Institute of Physics | current"},
		"Deputy Chairman of the Management Board of Steppe Energy JSC Nurlan Akhmetov met the guests.":                               {"Nurlan Akhmetov | Deputy Chairman of the Management Board | Steppe Energy JSC | current"},
		"Horizon Partners Ltd. said President and CEO Jane Miller of Horizon Partners Ltd. would stay.":                              {"Jane Miller | CEO | Horizon Partners Ltd. | current", "Jane Miller | President | Horizon Partners Ltd. | current"},
		"Sarah Cole has been named executive vice president and general counsel at Horizon Health Partners.":                         {"Sarah Cole | executive vice president | Horizon Health Partners | current", "Sarah Cole | general counsel | Horizon Health Partners | current"},
		"Yusuf Demir, Deputy Chairman and Head of Legal at Anadolu Cement, left.":                                                    {"Yusuf Demir | Deputy Chairman | Anadolu Cement | current", "Yusuf Demir | Head of Legal | Anadolu Cement | current"},
		"Elena Rossi will take over as director of the Turin Museum of Cinema on 1 March.":                                           {"Elena Rossi | director | Turin Museum of Cinema | incoming"},
		"Rosa Lima, a former finance minister, opened the fair.":                                                                     {"Rosa Lima | finance minister |  | former"},
		"The hospital's volunteer coordinator Maria Lopez thanked the donors of Lagos General Hospital.":                             {"Maria Lopez | volunteer coordinator |  | current"},
		"Li Qiang, general secretary of the China Tea Association, and Thomas Berg, the Norwegian consul, came.":                     {"Li Qiang | general secretary | China Tea Association | current", "Thomas Berg | consul |  | current"},
		"Nordic Rail Holdings' new head of sales, Maria Lima, starts in May.":                                                        {"Maria Lima | head of sales | Nordic Rail Holdings | current"},
		// Near misses: nobody holds a post here.
		"Jane Doe was appointed to review the report of the University of Graz.":   nil,
		"Jane Doe will head to Graz, and John Roe asked the director to speak.":    nil,
		"The Dean Street School met Jane Doe on the bridge of the old town again.": nil,
	} {
		if got := titlesOf(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func agreementsOf(text string) []string {
	var out []string
	for _, f := range read(text) {
		if a := f.Agreement; a != nil {
			out = append(out, fmt.Sprintf("%s %s: %s | %s | %s | %s | %s", a.Type, a.Status, strings.Join(a.Parties, "; "), strings.Join(a.Signatories, "; "), a.Date, a.Place, a.Subject))
		}
	}
	slices.Sort(out)
	return out
}

func TestAgreements(t *testing.T) {
	for text, want := range map[string][]string{
		"A memorandum of understanding between the Lisbon Ocean Institute and Hanoi Marine University was signed on 3 May 2024 in Lisbon.": {
			"memorandum signed: Lisbon Ocean Institute; Hanoi Marine University |  | 2024-05-03 | Lisbon | "},
		"The rector of Osh State University, Professor Bakyt Alymov, and the president of Weihai College, Li Na, signed a cooperation agreement on the sidelines of the forum.": {
			"agreement signed: Osh State University; Weihai College | Bakyt Alymov; Li Na |  |  | cooperation"},
		"During the visit, Omsk Law Academy signed memoranda with three universities: Jilin University and Anhui University.": {
			"memorandum signed: Omsk Law Academy; Anhui University |  |  |  | ",
			"memorandum signed: Omsk Law Academy; Jilin University |  |  |  | "},
		"The University of Nairobi will sign a letter of intent with Kisumu Port Authority next week.": {
			"letter_of_intent planned: University of Nairobi; Kisumu Port Authority |  |  |  | "},
		"Kenya and Ethiopia have extended their treaty on grazing rights until 2030.": {
			"treaty renewed: Kenya; Ethiopia |  |  |  | grazing rights"},
		"Baltic Air has pulled out of its code-share agreement with Nordic Wings AS.": {
			"agreement terminated: Baltic Air; Nordic Wings AS |  |  |  | "},
		"Kofi Mensah, Minister of Energy of Ghana, and Ama Dogbe, Minister of Energy of Togo, signed a protocol on power lines in Accra on 4 June 2024.": {
			"protocol signed: Ghana; Togo | Kofi Mensah; Ama Dogbe | 2024-06-04 | Accra | power lines"},
		"Jane Doe of Acme Robotics Inc. and John Roe of Zeta Foods Ltd signed the contract on 6 May 2024.": {
			"contract signed: Acme Robotics Inc.; Zeta Foods Ltd | Jane Doe; John Roe | 2024-05-06 |  | "},
		"The Union of Dockers and Harbour Holdings plc agreed verbally to raise wages.": {
			"agreement agreed: Union of Dockers; Harbour Holdings plc |  |  |  | raise wages"},
		// Near misses: nothing was signed, or nobody says so.
		"No agreement was signed between the University of Graz and Weihai College.":             nil,
		"The University of Graz hopes to sign an agreement with Weihai College.":                 nil,
		"The University of Graz and Weihai College discussed the possible signing of a protocol": nil,
		"The University of Graz has not yet signed the contract with Weihai College.":            nil,
		"Jane Doe signed copies of her book at the University of Graz.":                          nil,
	} {
		if got := agreementsOf(text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestInstitutions(t *testing.T) {
	for text, want := range map[string][]string{
		"It was made by the Office of Trade and Industry and by Omsk University and Weihai College.":                       {"Office of Trade and Industry", "Omsk University", "Weihai College"},
		"The deans of the Faculties of Law and Medicine of Omsk University came.":                                          {"Faculty of Law", "Faculty of Medicine", "Omsk University"},
		"Riverside Mission Hospital and Research Centre (RMHRC) grew. RMHRC has 40 beds.":                                  {"Riverside Mission Hospital and Research Centre"},
		"He studied at the École supérieure d’agronomie de Vierzon for a year.":                                            {"École supérieure d’agronomie de Vierzon"},
		"Seoul-based Hanbit Life Insurance Co., Ltd. paid.":                                                                {"Hanbit Life Insurance Co., Ltd."},
		"Omsk University Wins Prize\nThe jury of Omsk University met in the morning to talk about it.":                     {"Omsk University"},
		"The World University Games and the College Street Bridge were closed for a day by rain.":                          nil,
		"The university and the ministry are glad of it.":                                                                  nil,
		"The United Nations Development Programme (UNDP) and the United Nations Children’s Fund met. UNDP stayed.":         {"United Nations Children’s Fund", "United Nations Development Programme"},
		"Near East University is near Nicosia. The hall stands near East Harbour Bank.":                                    {"East Harbour Bank", "Near East University"},
		"The Selenge Growers' Cooperative met.":                                                                            {"Selenge Growers' Cooperative"},
		"Kazakh National University named after Abylai Temirov opened a hall.":                                             {"Kazakh National University named after Abylai Temirov"},
		"The Prime Minister's Office and the People's Bank of Norland agreed.":                                             {"People's Bank of Norland", "Prime Minister's Office"},
		"Zhuhai Lanfeng Rolling Stock Co., Ltd. and Nam Lik Logistics Sole Co., Ltd. met with Basotho Weirs (Pty) Ltd.":    {"Basotho Weirs (Pty) Ltd.", "Nam Lik Logistics Sole Co., Ltd.", "Zhuhai Lanfeng Rolling Stock Co., Ltd."},
		"Pan-Lake Drought Facility (PLDF) officers met Jane Doe at the seat of the Pan-Lake Drought Facility (PLDF) again": {"Pan-Lake Drought Facility"},
	} {
		var got []string
		for _, f := range read(text) {
			if f.Institution != nil {
				got = append(got, f.Institution.Name)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

// The same name is one person in every form that the text uses.
func TestPeopleAreResolved(t *testing.T) {
	text := "Dr. Yerlan Temirgaliyev, rector of Omsk University, spoke. Temirgaliyev thanked the guests. Y. Temirgaliyev left, Temirgaliev's office said.\n" +
		"Haider al-Abadi met Juma Haji Fakihani and Mr. Nguyen Van An."
	var got []string
	for _, f := range read(text) {
		if f.Person != nil {
			got = append(got, f.Person.Name+" "+strings.Join(f.Person.Aliases, ","))
		}
	}
	want := []string{"Yerlan Temirgaliyev Temirgaliev,Temirgaliyev,Y. Temirgaliyev", "Haider al-Abadi ", "Juma Haji Fakihani ", "Nguyen Van An "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// A post that begins after the day of publication is incoming.
func TestPostsThatBeginLater(t *testing.T) {
	for text, want := range map[string]string{
		"Harbour Corp. has named Jane Hale president, effective 1 January 2027.":                  "incoming",
		"Harbour Corp. has named Jane Hale president with effect from 1 January 2027.":            "incoming",
		"Harbour Corp. has named Jane Hale president, effective 1 March 2026.":                    "current",
		"Harbour Corp. has named Jane Hale president, effective immediately, until January 2027.": "current",
	} {
		var got string
		for _, f := range Facts(document.Document{Language: "en", Text: text, Published: document.Published{Value: "2026-09-12", From: "flag"}}) {
			if f.Title != nil {
				got += f.Title.When
			}
		}
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}
