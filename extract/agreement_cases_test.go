package extract

import (
	"slices"
	"testing"
)

// agreementCases are ways in which releases tell of agreements, each the smallest text that shows
// one, with what it must give: "type status: parties | signatories | date | place | subject".
var agreementCases = []struct {
	shows string
	cases map[string][]string
}{
	{"A scene tells who met; a memorandum then \"was signed\".", map[string][]string{
		"A delegation from Tarvin University visited Oskel Institute on 4 May 2024. At the end of the meeting, a memorandum was signed, providing for joint research and student exchange.": {
			"memorandum signed: Tarvin University; Oskel Institute |  | 2024-05-04 |  | joint research and student exchange",
		},
		"Tarvin University Rector Jane Berg met with Oskel Institute Director Paul Stone. The meeting ended with the signing of a memorandum of cooperation.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | cooperation",
		},
		"Tarvin University hosted guests from Oskel Institute. During the visit, the two universities signed an agreement on dual degrees.": {
			"agreement signed: Tarvin University; Oskel Institute |  |  |  | dual degrees",
		},
		"The ambassador of Kenya to Uganda arrived. After the talks, the sides signed a memorandum on grazing.": {
			"memorandum signed: Kenya; Uganda |  |  |  | grazing",
		},
		"The Ministry of Trade signed a protocol with Bryndt Council. A delegation of Tarvin University visited Oskel Institute. The parties discussed prospects.": {
			"protocol signed: Ministry of Trade; Bryndt Council |  |  |  | ",
		},
	}},
	{"Sides that are told outright are not those of whoever signs or looks on.", map[string][]string{
		"An MoU between the Ministry of Trade and the Government of Tarvia related to tax reform was then signed by Jane Miller, Minister of Trade, and Peter Brown.": {
			"memorandum signed: Ministry of Trade; Government of Tarvia | Jane Miller; Peter Brown |  |  | tax reform",
		},
		"In the presence of Minister Jane Miller and Governor Peter Brown, Tarvin University and Oskel Institute signed a protocol.": {
			"protocol signed: Tarvin University; Oskel Institute |  |  |  | ",
		},
		"Witnessed by Governor Peter Brown, Rector Jane Berg of Tarvin University and Director Paul Stone of Oskel Institute signed an agreement.": {
			"agreement signed: Tarvin University; Oskel Institute | Jane Berg; Paul Stone |  |  | ",
		},
		"An agreement was signed on 8 August 2017 at Tarvin University between Oskel Institute and Bryndt College, with President Ann Lee of Marvin Bank in attendance.": {
			"agreement signed: Oskel Institute; Bryndt College |  | 2017-08-08 | Tarvin University | ",
		},
		"Deputy Rector of Tarvin University Jane Berg, Oskel Institute Director Paul Stone and Chairman of Bryndt Council John Reed signed the MoU on behalf of their respective institutions.": {
			"memorandum signed: Tarvin University; Oskel Institute; Bryndt Council | Jane Berg; Paul Stone; John Reed |  |  | ",
		},
		"Tarvin University signed a memorandum with Oskel University. Ann Lee, dean of Bryndt College, and Tom Hill, dean of Marvin College, signed the memorandum.": {
			"memorandum signed: Tarvin University; Oskel University | Ann Lee; Tom Hill |  |  | ",
		},
		"The Senate ratified the treaty on fisheries between Portugal and Angola.": {
			"treaty signed: Portugal; Angola |  |  |  | fisheries",
		},
	}},
	{"People who sign by their posts.", map[string][]string{
		"The Vice-Chancellor of Tarvin University, Professor Jane Berg, and the Provost of Oskel College, Dr. Paul Stone, met on 5 May 2024. The event concluded with the formal signing of the MoU by the Vice-Chancellor and the Provost.": {
			"memorandum signed: Tarvin University; Oskel College | Jane Berg; Paul Stone | 2024-05-05 |  | ",
		},
		"Rector Jane Berg of Tarvin University received Rector Paul Stone of Oskel University. The two rectors signed a memorandum.": {
			"memorandum signed: Tarvin University; Oskel University | Jane Berg; Paul Stone |  |  | ",
		},
	}},
	{"Series, lists and several documents.", map[string][]string{
		"Tarvin University has signed a memorandum of understanding with three colleges. The colleges include Oskel College of Education, Bryndt Polytechnic and George College.": {
			"memorandum signed: Tarvin University; Bryndt Polytechnic |  |  |  | ",
			"memorandum signed: Tarvin University; George College |  |  |  | ",
			"memorandum signed: Tarvin University; Oskel College of Education |  |  |  | ",
		},
		"Tarvin University and Bryndt University have signed new cooperation agreements with the Oskel Institute.": {
			"agreement signed: Bryndt University; Oskel Institute |  |  |  | cooperation",
			"agreement signed: Tarvin University; Oskel Institute |  |  |  | cooperation",
		},
		"On 3 May 2024 Tarvin University signed a memorandum of understanding with Oskel Institute on marine biology and a letter of intent for student exchange with Bryndt College.": {
			"letter_of_intent signed: Tarvin University; Bryndt College |  | 2024-05-03 |  | student exchange",
			"memorandum signed: Tarvin University; Oskel Institute |  | 2024-05-03 |  | marine biology",
		},
		"Tarvin University signed an agreement with Oskel Institute and Bryndt College.": {
			"agreement signed: Tarvin University; Oskel Institute; Bryndt College |  |  |  | ",
		},
		"On 3 May 2024 the following documents were signed in Lisbon:\n- Memorandum of understanding between Tarvin University and Oskel Institute on tourism;\n- Agreement on customs between the Ministry of Trade and Bryndt Council.": {
			"agreement signed: Ministry of Trade; Bryndt Council |  | 2024-05-03 | Lisbon | customs",
			"memorandum signed: Tarvin University; Oskel Institute |  | 2024-05-03 | Lisbon | tourism",
		},
		"Kenya and Uganda signed two memoranda on 3 May 2024. The first memorandum is to intensify cooperation on railways. It was signed between Kenya's Minister of Transport, Jane Berg, and Uganda's Minister of Works, Paul Stone.": {
			"memorandum signed: Kenya; Uganda | Jane Berg; Paul Stone | 2024-05-03 |  | intensify cooperation on railways",
		},
		"Tarvin University signed a memorandum with Oskel Institute. Another memorandum was signed between Tarvin University and Oskel Institute on rivers.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | ",
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | rivers",
		},
	}},
	{"What a document is about, told behind it or by its name.", map[string][]string{
		"Tarvin University signed a memorandum with Oskel Institute. The MoU aims to promote joint research in marine biology.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | promote joint research in marine biology",
		},
		"Tarvin University signed a memorandum with Oskel Institute. The agreement was specifically to train nurses in rural hospitals.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | train nurses in rural hospitals",
		},
		"Tarvin University signed a memorandum with Oskel Institute. The main purpose of this memorandum is to open a joint laboratory.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | open a joint laboratory",
		},
		"Tarvin University signed a memorandum with Oskel Institute. Under the memorandum, Oskel Institute will train nurses.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | train nurses",
		},
		"Tarvin University signed a memorandum with Oskel Institute, according to which the parties will open a joint laboratory.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | open a joint laboratory",
		},
		"Tarvin University signed a supply agreement with Oskel Ltd.": {
			"agreement signed: Tarvin University; Oskel Ltd. |  |  |  | supply",
		},
		"Tarvin University signed a memorandum with Oskel Institute to this end. The aim is to promote academic mobility.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | promote academic mobility",
		},
		"Tarvin University signed a memorandum with Oskel Institute. The goal of the cooperation is to train nurses.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | train nurses",
		},
		"Tarvin University signed a memorandum with Oskel Institute that will allow students to spend a semester in Graz.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | allow students to spend a semester in Graz",
		},
		"With the aim of training more nurses, Tarvin University has signed a memorandum with Oskel Institute.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | training more nurses",
		},
		"In order to train more nurses, Tarvin University has signed a memorandum with Oskel Institute.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | train more nurses",
		},
		"Tarvin University and Oskel Institute signed an agreement titled \"Green Rivers for All\".": {
			"agreement signed: Tarvin University; Oskel Institute |  |  |  | Green Rivers for All",
		},
		"Tarvin University and Oskel Institute signed an agreement of cooperation in education and science.": {
			"agreement signed: Tarvin University; Oskel Institute |  |  |  | cooperation in education and science",
		},
		"Tarvin University signed a double degree agreement with Oskel Institute.": {
			"agreement signed: Tarvin University; Oskel Institute |  |  |  | double degree",
		},
		"Tarvin University received a $2 million grant from the Oskel Foundation.": {
			"grant signed: Tarvin University; Oskel Foundation |  |  |  | ",
		},
		"Tarvin University signed a contract with Oskel Ltd. for three years. It will run until 2027.": {
			"contract signed: Tarvin University; Oskel Ltd. |  |  |  | ",
		},
		"Tarvin University signed a memorandum with Oskel Institute. \"Under the memorandum we will open doors,\" said Rector Jane Berg.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | ",
		},
	}},
	{"Day and place of the signing.", map[string][]string{
		"On 4 May 2024 Tarvin University hosted a meeting with Oskel Institute. At the meeting the two institutions signed a memorandum.": {
			"memorandum signed: Tarvin University; Oskel Institute |  | 2024-05-04 |  | ",
		},
		"The memorandum between Tarvin University and Oskel Institute was signed at Bryndt Council headquarters in Lisbon.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  | Bryndt Council headquarters | ",
		},
		"Officials of Tarvin University and Oskel Institute gathered on 30 June 2024 to ink a deal on rivers.": {
			"agreement signed: Tarvin University; Oskel Institute |  | 2024-06-30 |  | rivers",
		},
		"Jane Berg, dean at Bryndt College, said Tarvin University signed a memorandum with Oskel Institute on rivers.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | rivers",
		},
		"From 2 to 4 May 2024 Tarvin University hosted a forum. At the forum Tarvin University and Oskel Institute signed a memorandum.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | ",
		},
	}},
	{"Contracts won, partners joined, clauses told aside.", map[string][]string{
		"Tarvin Motors has won a contract from the Ministry of Defence to supply trucks.": {
			"contract signed: Tarvin Motors; Ministry of Defence |  |  |  | supply trucks",
		},
		"Tarvin University received a grant of $2 million from the Oskel Foundation to study rivers.": {
			"grant signed: Tarvin University; Oskel Foundation |  |  |  | study rivers",
		},
		"Tarvin University has teamed up with Oskel Institute under a memorandum of understanding to train nurses.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | train nurses",
		},
		"Tarvin University has teamed up with Oskel Institute to train nurses.": nil,
		"Tarvin University and Oskel Institute will collaborate on rivers under a new agreement signed on 6 May 2024.": {
			"agreement signed: Tarvin University; Oskel Institute |  | 2024-05-06 |  | ",
		},
		"Tarvin University, which signed a memorandum with Oskel Institute last year, opened a library.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  |  | ",
		},
		"Tarvin Corp. announced the signing of a licensing agreement with Oskel Ltd. for the drug.": {
			"licence signed: Oskel Ltd.; Tarvin Corp. |  |  |  | the drug",
		},
		"The Exchange of Notes between the Government of Tarvia and the Government of Japan was signed on 7 March 2024 by Ambassador Akio Tanaka and Secretary John Smith.": {
			"other signed: Government of Tarvia; Government of Japan | Akio Tanaka; John Smith | 2024-03-07 |  | ",
		},
		"Tarvin University and Oskel Institute have agreed to share a laboratory. Rector Jane Berg and Director Paul Stone signed a memorandum to this effect.": {
			"memorandum signed: Tarvin University; Oskel Institute | Jane Berg; Paul Stone |  |  | share a laboratory",
		},
		"Kenya, Uganda sign treaty on grazing": {
			"treaty signed: Kenya; Uganda |  |  |  | grazing",
		},
		"Kestrel Inc. (NYSE: KST) and Rowan SE (Nasdaq: RWN) today entered into a licensing agreement.": {
			"licence signed: Kestrel Inc.; Rowan SE |  |  |  | ",
		},
		"Kestrel Inc. (NYSE: KST) announced it has signed a definitive agreement to acquire Rowan Therapeutics AB.": {
			"agreement signed: Kestrel Inc.; Rowan Therapeutics AB |  |  |  | acquire Rowan Therapeutics AB",
		},
		"Sri Lanka and Kenya signed a trade agreement on tea.": {
			"agreement signed: Sri Lanka; Kenya |  |  |  | tea",
		},
		"LISBON, May 4 (Xinhua) -- Portugal and Angola signed a cooperation agreement on fisheries here Saturday.": {
			"agreement signed: Portugal; Angola |  | XXXX-05-04 |  | fisheries",
		},
		"Tarvin Pharma will deliver two million doses of vaccine to the Ministry of Health under a contract worth $20 million signed on Tuesday.": {
			"contract signed: Tarvin Pharma; Ministry of Health |  |  |  | ",
		},
		"Tarvin Corp. today announced a collaboration with Oskel Inc. to develop vaccines. Under the terms of the agreement, Oskel will receive $5 million.": {
			"agreement signed: Tarvin Corp.; Oskel Inc. |  |  |  | develop vaccines",
		},
		"The Vice-Chancellor of Tarvin University, Prof. Jane Berg, disclosed this when she signed an MoU with the management of Oskel Polytechnic.": {
			"memorandum signed: Tarvin University; Oskel Polytechnic | Jane Berg |  |  | ",
		},
		"The memorandum was signed by Jane Berg, Rector of Tarvin University, on the one hand, and Paul Stone, Director of Oskel Institute, on the other.": {
			"memorandum signed: Tarvin University; Oskel Institute | Jane Berg; Paul Stone |  |  | ",
		},
		"A memorandum on student exchange and joint research between Tarvin University\nand Oskel Institute was signed in Lisbon.": {
			"memorandum signed: Tarvin University; Oskel Institute |  |  | Lisbon | student exchange and joint research",
		},
		"Tarvin University signed a memorandum with Vellmar of Graz.": {
			"memorandum signed: Tarvin University; Vellmar |  |  |  | ",
		},
	}},
	{"Near misses: no agreement.", map[string][]string{
		"If the agreement between Tarvin University and Oskel Institute is good, let us read it before it is signed.": nil,
		"Media reports that Tarvin University and Oskel Institute had signed a protocol were wrong.":                  nil,
		"Tarvin University and Oskel Institute exchanged views on the agreement.":                                     nil,
		"Rector Jane Berg of Tarvin University thanked Oskel Institute for signing this memorandum.":                  nil,
		"Guests from Oskel Institute saw the library of Tarvin University. The signed memorandum hangs there.":        nil,
		"The contract was won by hard work, said Tarvin University after a visit to Oskel Institute.":                 nil,
		"Tarvin Corp. today announced a collaboration with Oskel Inc. to develop vaccines.":                           nil,
		"Tarvin University signed a memorandum with a Chinese university.":                                            nil,
		"At the end of the meeting of Tarvin University with Oskel Institute the contract was read.":                  nil,
	}},
}

func TestAgreementCases(t *testing.T) {
	for _, group := range agreementCases {
		for text, want := range group.cases {
			if got := agreementsOf(text); !slices.Equal(got, want) {
				t.Errorf("%s\n%s\n got %q\nwant %q", group.shows, text, got, want)
			}
		}
	}
}
