package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/tagger"
)

//go:embed templates.txt
var templateLines string

// maker makes press releases out of templates and public lists of names. The training text
// is mostly encyclopedic; these teach how posts, units and institutions stand together, with
// names of many cultures in both orders.
type maker struct {
	random
	forenames, surnames, cities, countries, regions, demonyms, universities []string
	templates                                                               []string
	people                                                                  []string // surnames named so far in the document
	acronym                                                                 string
}

func newMaker(dir string) (*maker, error) {
	m := &maker{random: random{2}}
	for _, l := range []struct {
		list *[]string
		file string
	}{
		{&m.forenames, filepath.Join(dir, "gazetteers", "forenames.cc0.txt")},
		{&m.surnames, filepath.Join(dir, "gazetteers", "surnames.cc0.txt")},
		{&m.surnames, filepath.Join(dir, "gazetteers", "surnames.smashew.txt")},
		{&m.cities, filepath.Join(dir, "gazetteers", "cities.geonames-ccby.txt")},
		{&m.universities, filepath.Join(dir, "gazetteers", "universities.hipo-mit.txt")},
		{&m.countries, "extract/gazetteer/lists/countries.txt"},
		{&m.regions, "extract/gazetteer/lists/regions.txt"},
		{&m.demonyms, "extract/gazetteer/lists/demonyms.txt"},
	} {
		raw, err := os.ReadFile(l.file)
		if err != nil {
			return nil, fmt.Errorf("tagger: %w; run the command at the root of the project", err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			line = decode([]byte(line))
			switch {
			case line == "" || line[0] == '#':
			case l.list == &m.demonyms:
				_, words, _ := strings.Cut(line, ":")
				if w := strings.Fields(words); len(w) > 0 && !strings.HasSuffix(w[0], "-") {
					m.demonyms = append(m.demonyms, w[0])
				}
			case l.list == &m.forenames || l.list == &m.surnames:
				if w, ok := personWord(line); ok && utf8.RuneCountInString(w) > 2 {
					*l.list = append(*l.list, w)
				}
			case l.list == &m.universities:
				if len(line) < 70 && !strings.ContainsAny(line, "\"(),/|–") && strings.Contains(line, " ") && unicode.IsUpper(rune(line[0])) {
					m.universities = append(m.universities, line)
				}
			case latinName(line) && !strings.ContainsAny(line, "(,"):
				*l.list = append(*l.list, line)
			}
		}
	}
	for _, line := range strings.Split(templateLines, "\n") {
		if line != "" && line[0] != '#' {
			m.templates = append(m.templates, line)
		}
	}
	return m, nil
}

func (m *maker) of(list []string) string { return list[m.below(len(list))] }

func (m *maker) words(list string) string {
	w := strings.Split(list, "|")
	return w[m.below(len(w))]
}

// document makes a release of n sentences.
func (m *maker) document(n int) *sample {
	m.people, m.acronym = nil, ""
	var d draft
	for i := 0; i < n; i++ {
		line := d.b.Len()
		m.fill(&d, m.of(m.templates))
		if i == 0 && m.chance(0.4) {
			d.restyle(line, m.chance(0.4))
		}
	}
	return d.finish(true)
}

// fill appends one sentence.
func (m *maker) fill(d *draft, template string) {
	for template != "" {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			d.b.WriteString(template)
			break
		}
		d.b.WriteString(template[:open])
		end := open + strings.IndexByte(template[open:], '}')
		text, kind := m.slot(template[open+1 : end])
		start := d.b.Len()
		d.b.WriteString(text)
		if kind != tagger.None {
			d.names = append(d.names, name{start, d.b.Len(), kind})
		}
		template = template[end+1:]
	}
	d.b.WriteByte('\n')
}

func (m *maker) slot(slot string) (string, tagger.Type) {
	switch slot {
	case "P":
		return m.person(), tagger.Person
	case "S":
		if len(m.people) == 0 {
			return m.person(), tagger.Person
		}
		return m.of(m.people), tagger.Person
	case "I":
		s := m.surname()
		initial, _ := utf8.DecodeRuneInString(m.of(m.forenames))
		if m.chance(0.3) {
			second, _ := utf8.DecodeRuneInString(m.of(m.forenames))
			return string(initial) + "." + string(second) + ". " + s, tagger.Person
		}
		return string(initial) + ". " + s, tagger.Person
	case "O", "O2":
		return m.remember(m.organisation()), tagger.Organisation
	case "A":
		if m.acronym == "" {
			return m.remember(m.organisation()), tagger.Organisation
		}
		return m.acronym, tagger.Organisation
	case "U":
		return m.unit(), tagger.Organisation
	case "B":
		return m.remember(m.company()), tagger.Organisation
	case "G":
		return m.remember(m.government()), tagger.Organisation
	case "L":
		return m.of(m.cities), tagger.Location
	case "N":
		return m.of(m.countries), tagger.Location
	case "R":
		return m.of(m.regions), tagger.Location
	case "D":
		return m.of(m.demonyms), tagger.Misc
	case "M":
		return m.event(), tagger.Misc
	case "T":
		return m.post(), tagger.None
	case "TC":
		return capitals(m.post()), tagger.None
	case "F":
		return strings.ToLower(m.field()), tagger.None
	case "F1":
		return m.field(), tagger.None
	case "GN":
		return m.words("Ministry|Ministry|Department|Committee|Union|Agency|Parliament|Academy|Government|State Committee|Trade Union|Chamber") + " of " + m.words(m.field()+" of "+m.of(m.countries)+"|"+m.fields()+"|"+m.of(m.countries)+"|the Republic of "+m.of(m.countries)), tagger.Organisation
	case "Mr":
		return m.words("Mr.|Mrs.|Ms.|Dr.|Prof.|Sir|H.E.|H.E. Mr.|Engr.|Hon.|Rev.|Mr|Mrs|Ms|Dr|Professor|Prof. Dr.|Alhaji|Assoc. Prof.|Barr.|Dato|Col.|Gen.|Lt. Gen.|Senator|Rep.|Madam|Father|Pastor"), tagger.None
	case "H":
		return m.school(), tagger.Organisation
	case "K":
		return m.initials(), tagger.Organisation
	case "GL":
		return m.words("Diocese of|Municipality of|Government of|Provincial Government of|City of|Port of|Chamber of Commerce of|Council of|Bishopric of|Community Foundation of|Museum of|Friends of|Trade Union of|Society of|Press Club of|Medical Association of|Regional Council of|Football Federation of") + " " + m.words(m.of(m.cities)+"|"+m.of(m.regions)+"|"+m.of(m.countries)), tagger.Organisation
	case "FC":
		return m.of(m.cities) + m.words("|| United| City| FC| Rovers| Wanderers| Dynamo| Rangers| Lions"), tagger.Organisation
	case "PP":
		return m.words("Democratic|National|People's|Liberal|Socialist|Conservative|Green|Republican|New|Social Democratic|Christian Democratic|Progressive") + " " + m.words("Party|Union|Front|Alliance|Movement|League|Congress|Coalition"), tagger.Organisation
	case "Day":
		return m.words("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"), tagger.None
	case "Month":
		return m.words("January|February|March|April|May|June|July|August|September|October|November|December|Oct.|Nov.|Sept."), tagger.None
	}
	panic("templates.txt: unknown slot {" + slot + "}")
}

func (m *maker) surname() string {
	s := m.of(m.surnames)
	switch m.below(40) {
	case 0:
		s = "al-" + s
	case 1:
		s = "Al-" + s
	case 2:
		s = m.words("de|van|van der|von|de la|di|El|Al|bin|Ben|Le|Del|Mac|O'") + " " + s
		s = strings.Replace(s, "O' ", "O'", 1)
	case 3:
		s += "-" + m.of(m.surnames)
	}
	return s
}

const pinyinSurnames = "Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Lin|Gao|Luo|Zheng|Liang|Xie|Song|Tang|Han|Feng|Deng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding|Ren|Shen|Yao|Lu|Zhong|Cui|Tan|Qin|Bai|Shi|Hou|Meng|Xiong|Qian|Jin|Ouyang|Sima"
const pinyinSyllables = "wei|fang|min|jing|li|qiang|lei|jun|yang|yong|jie|juan|tao|ming|chao|xiu|ying|xia|ping|gang|gui|xin|hua|hong|bo|yu|dan|jian|guo|zhi|wen|hai|peng|long|xue|mei|lan|feng|hui|yan|rong|chun|dong|sheng|zhen|cheng|hao|kai|ting|na|ling|bin|liang|qing|shan|yi|jia|ru|si|tian"
const korean = "Kim|Lee|Park|Choi|Jung|Kang|Cho|Yoon|Jang|Lim|Han|Shin|Seo|Kwon|Hwang|Ahn|Song|Yoo|Hong|Moon"
const koreanSyllables = "min|soo|ji|hyun|young|jae|seok|eun|hye|woo|jin|sung|ho|kyung|seung|yeon|tae|joon|hee|sang|dong|cheol"

// person makes a name and remembers its surname.
func (m *maker) person() string {
	forename := m.of(m.forenames)
	switch m.below(20) {
	case 0, 1, 2:
		s := m.words(pinyinSurnames)
		given := capital(m.words(pinyinSyllables))
		if m.chance(0.7) {
			given += m.words(pinyinSyllables)
		}
		m.people = append(m.people, s)
		if m.chance(0.2) {
			return given + " " + s
		}
		return s + " " + given
	case 3:
		s := m.words(korean)
		m.people = append(m.people, s)
		given := capital(m.words(koreanSyllables)) + "-" + m.words(koreanSyllables)
		if m.chance(0.3) {
			return given + " " + s
		}
		return s + " " + given
	case 4:
		s := m.of(m.surnames)
		m.people = append(m.people, s)
		return s + " " + forename // surname first
	case 5:
		s := m.surname()
		initial, _ := utf8.DecodeRuneInString(m.of(m.forenames))
		m.people = append(m.people, s)
		return forename + " " + string(initial) + ". " + s
	case 6:
		s := m.of(m.surnames)
		m.people = append(m.people, s)
		return forename + " " + m.of(m.forenames) + " " + s
	case 7:
		s := m.of(m.surnames)
		m.people = append(m.people, s)
		return forename + " " + s + " " + m.of(m.surnames)
	case 8:
		s := m.words("Nguyen|Tran|Le|Pham|Hoang|Phan|Vu|Dang|Bui|Do")
		given := m.words("Van|Thi|Minh|Quoc|Duc|Thanh|Ngoc|Xuan|Huu|Anh") + " " + m.words("Hung|Lan|Tuan|Dung|Phuc|Hoa|Linh|Son|Trang|Long|Nam|Thao|Khanh")
		m.people = append(m.people, s)
		return s + " " + given
	case 9:
		stem := m.words("Aman|Nur|Sat|Bek|Ser|Yer|Tul|Zhan|Kair|Aibek|Dauren|Marat|Askar|Olzh|Rustam|Timur|Kass|Bolat|Erl|Sult|Abdul|Rakhim|Tash|Usman|Yusup|Karim")
		s := stem + m.words("ov|ova|bekov|bekova|baev|bayeva|aliyev|aliyeva|khanov|zhanov|geldiyev|uly|kyzy|enko|shvili|yan|bayev|murzin")
		m.people = append(m.people, s)
		return forename + " " + s
	case 10:
		s := m.words("Eko|Sri|Putu|Wayan|Suharto|Budi|Dewi|Siti|Agus|Rini") // one name alone, as in Java
		if m.chance(0.5) {
			s = m.of(m.surnames)
			m.people = append(m.people, s)
			return m.words("Mohammed|Muhammad|Ahmed|Abdul|Abdullah|Mohd|Hassan|Omar|Khalid|Fahad") + " " + m.words("bin|ibn|Al|Abdul|Ali") + " " + s
		}
		m.people = append(m.people, s)
		return s + " " + m.of(m.surnames)
	}
	s := m.surname()
	m.people = append(m.people, s)
	return forename + " " + s
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// capitals begins every word but small ones with a capital.
func capitals(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if w != "of" && w != "and" && w != "for" {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

// remember keeps the acronym of an organisation.
func (m *maker) remember(s string) string {
	acronym := ""
	for _, w := range strings.Fields(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && !strings.HasSuffix(w, ".") {
			acronym += string(r)
		}
	}
	m.acronym = ""
	if n := utf8.RuneCountInString(acronym); n > 1 && n < 8 {
		m.acronym = acronym
	}
	return s
}

func (m *maker) field() string {
	return m.words("Education|Science|Health|Medicine|Agriculture|Foreign Affairs|Finance|Economy|Economics|Trade|Energy|Defence|Justice|Culture|Sport|Tourism|Labour|Transport|Industry|Digital Development|Ecology|Water Resources|Information|Public Health|Engineering|Law|Philology|Foreign Languages|Architecture|Physics|Chemistry|Mathematics|Computer Science|Artificial Intelligence|Environmental Protection|Higher Education|International Cooperation|Vocational Training|Nursing|Veterinary Medicine|Oriental Studies|Journalism|Social Sciences|Human Resources|Emergency Situations|Natural Resources|Innovation|Space Research|Biotechnology|Mining|Geology|Music|Management|Logistics|Aviation|Pharmacy|Dentistry|Pedagogy|Psychology|History|Diplomacy|Security|Internal Affairs|Planning|Statistics|Housing|Rural Development|Materials Science|Oncology|Cardiology|Nuclear Physics|Student Affairs|External Relations|Global Engagement|Quality Assurance|Continuing Education|Soil Science|Water Management|Land Use|Youth Policy|Language Training|Admissions|Strategic Development|Family Medicine|Surgery|Paediatrics|Fisheries|Forestry|Food Safety|Animal Husbandry|Plant Protection|Migration|Customs|Taxation|Investment|Entrepreneurship|Privatization|Urban Planning|Civil Aviation|Railways|Roads|Meteorology|Seismology|Archaeology|Linguistics|Translation|Religious Affairs|Gender Equality|Human Rights|Consumer Protection|Arms Control|Marine Biology|Robotics|Cybersecurity|Data Science|Renewable Energy|Oil and Gas|Textiles|Design|Theology|Philosophy|Sociology|Political Science|International Relations|Public Administration|Accounting|Marketing|Corporate Affairs|Regional Development|Clean Air|Climate Change|Waste Management|Disaster Relief|Refugees|Veterans Affairs|Children|Women|Sports Medicine|Physical Education|Heritage|Tourism Promotion|Export Promotion|Standards|Metrology|Intellectual Property")
}

func (m *maker) fields() string {
	switch m.below(6) {
	case 0, 1:
		return m.field() + " and " + m.field()
	case 2:
		return m.field() + ", " + m.field() + " and " + m.field()
	}
	return m.field()
}

func (m *maker) post() string {
	p := m.words("rector|vice-rector|president|vice president|director|deputy director|director general|chairman|chairperson|chief executive|CEO|chief executive officer|dean|vice dean|head|deputy head|minister|deputy minister|prime minister|ambassador|consul general|secretary-general|secretary|spokesman|spokeswoman|spokesperson|manager|professor|associate professor|chancellor|vice-chancellor|governor|mayor|commissioner|general manager|executive director|managing director|partner|coordinator|first vice-rector|party secretary|member of the board|chief financial officer|provost|attorney general|senator|adviser")
	switch m.below(8) {
	case 0:
		return "vice-rector for " + strings.ToLower(m.field())
	case 1:
		return "head of " + strings.ToLower(m.field())
	}
	return p
}

func (m *maker) unit() string {
	switch m.below(9) {
	case 0, 1:
		return "Faculty of " + m.fields()
	case 2:
		return "Department of " + m.fields()
	case 3:
		return "School of " + m.fields()
	case 4:
		return "Institute of " + m.fields()
	case 5:
		return m.field() + " " + m.words("Department|Faculty|Office|Centre|Center|Laboratory|Division|Committee")
	case 6:
		return "Office of " + m.fields()
	case 7:
		return "College of " + m.fields()
	}
	return m.words("Center|Centre|Laboratory|Bureau") + " for " + m.fields()
}

func (m *maker) government() string {
	f := m.fields()
	switch m.below(14) {
	case 0, 1:
		return "Ministry of " + f
	case 2:
		return m.words("Federal|Union|Royal|State|Regional|Provincial") + " " + m.words("Ministry|Department|Agency|Office") + " of " + f
	case 3:
		return "Ministry of " + f + " of " + m.of(m.countries)
	case 4:
		return "Ministry of " + f + " of the Republic of " + m.of(m.countries)
	case 5:
		return m.field() + " Ministry"
	case 6:
		return "Department of " + f
	case 7:
		return "National " + m.words("Agency|Council|Commission|Committee|Centre|Center|Institute") + " for " + f
	case 8:
		return m.field() + " " + m.words("Agency|Authority|Commission|Committee|Administration")
	case 9:
		return m.of(m.cities) + " " + m.words("City Council|Municipality|City Hall|Regional Court|Police Department|District Court|City Administration")
	case 10:
		return "Embassy of " + m.of(m.countries)
	case 11:
		return "State " + m.words("Committee|Agency|Fund|Bank") + " for " + f
	case 12:
		return "Government of " + m.of(m.countries)
	}
	return m.words("Supreme Court|Central Bank|National Bank|Constitutional Court|Parliament|Central Election Commission|National Assembly|State Duma|Supreme Council") + " of " + m.of(m.countries)
}

// school makes the name of a school, hospital or museum, often with a number or a namesake.
func (m *maker) school() string {
	kind := m.words("School|Gymnasium|Lyceum|Secondary School|College|Hospital|Children's Hospital|Polyclinic|Museum|Library|Kindergarten|Vocational School|Theatre")
	switch m.below(5) {
	case 0:
		return kind + " No. " + fmt.Sprint(1+m.below(99))
	case 1:
		return m.of(m.forenames) + " " + m.of(m.surnames) + " " + kind + m.words("| No. 4| No. 12")
	case 2:
		return kind + " named after " + m.of(m.forenames) + " " + m.of(m.surnames)
	case 3:
		return m.of(m.cities) + " " + m.words("Central|Regional|City|No. 2|First") + " " + kind
	}
	return m.of(m.surnames) + " " + m.words("Memorial|State|Public") + " " + kind
}

// initials makes an acronym that nothing explains.
func (m *maker) initials() string {
	s := ""
	for n := 2 + m.below(4); n > 0; n-- {
		s += m.words("A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|R|S|T|U|V|W|X|Y|Z|A|E|I|S|C|N")
	}
	return s
}

// coined makes a company word that is in no list.
func (m *maker) coined() string {
	s := ""
	for n := 2 + m.below(2); n > 0; n-- {
		s += m.words("b|c|d|f|g|h|j|k|l|m|n|p|r|s|t|v|w|z|br|cr|dr|fl|gl|pr|st|tr|qu|sh|ch|th|x|y") + m.words("a|e|i|o|u|ai|ea|io|au|ee")
	}
	return capital(s + m.words("|n|s|x|r|l|t|m|tek|soft|corp|gen|ix|on|is|ra|med|net"))
}

func (m *maker) company() string {
	base := m.coined()
	switch m.below(6) {
	case 0:
		base = m.of(m.surnames)
	case 1:
		base = m.of(m.cities)
	case 2:
		base = m.of(m.surnames) + " & " + m.of(m.surnames)
	case 3:
		base = m.coined() + " " + m.coined()
	}
	switch m.below(12) {
	case 0:
		return base
	case 1:
		return base + " " + m.words("Ltd.|Inc.|LLC|JSC|GmbH|AG|S.A.|plc|Corp.|LLP|S.p.A.|Pty Ltd|Sdn Bhd|AB|Oy|N.V.")
	case 2:
		return base + " Co., Ltd."
	case 3:
		return base + " " + m.words("Group|Holding|Holdings|Company|Corporation|Partners|Capital|Ventures|International")
	case 4:
		return base + " " + m.words("Bank|Insurance|Airlines|Energy|Technologies|Pharmaceuticals|Motors|Steel|Telecom|Electronics|Systems|Mining|Petroleum|Foods|Media|Logistics|Solutions|Robotics|Biosciences|Power|Resources")
	case 5:
		return base + " " + m.words("Bank|Energy|Technologies|Motors|Telecom|Electronics|Mining") + " " + m.words("Group|Corporation|Co., Ltd.|Inc.|Ltd.|JSC|LLC")
	case 6:
		return m.of(m.cities) + " " + base + " " + m.field() + " Technology Co., Ltd."
	case 7:
		return m.words("JSC|LLC|PT|LLP|OOO|PJSC") + " " + base
	case 8:
		return m.words("Bank of|Bank of|Port of|Radio") + " " + m.of(m.cities)
	case 9:
		return m.words("The ") + m.of(m.cities) + " " + m.words("Times|Post|Herald|Tribune|Star|Journal|Gazette|Daily News")
	}
	return base
}

func (m *maker) organisation() string {
	switch m.below(21) {
	case 19:
		return m.of(m.cities) + " " + m.field() + " and " + m.field() + " " + m.words("College|Institute|University|Academy|School|Technical College")
	case 20:
		return m.of(m.forenames) + " " + m.of(m.surnames) + " " + m.words("Institute|Centre|Academy|University|Research Institute") + " of " + m.fields()
	case 0, 1, 2, 3, 4, 5, 6:
		return strings.TrimPrefix(m.of(m.universities), "The ")
	case 7:
		return m.of(m.cities) + " " + m.words("State|National|Technical|Medical|Polytechnic|Agrarian|Pedagogical|Normal|International") + " University"
	case 8:
		return m.words("University of|Technical University of|University College of|Free University of|Medical University of") + " " + m.of(m.cities)
	case 9:
		return m.of(m.forenames) + " " + m.of(m.surnames) + " " + m.words("University|National University|State University|Foundation|Institute|Academy|Center|School|Hospital|Museum")
	case 10:
		return m.of(m.cities) + " " + m.words("Polytechnic Institute|Vocational College|Vocational and Technical College|Chamber of Commerce|Institute of Technology|Academy of Sciences|Business School|Medical College|Regional Hospital|Museum of Art|Symphony Orchestra|United|FC")
	case 11:
		return m.words("National|International|European|World|Asian|African|Federal|Royal|State|Central|American|Arab|Eurasian|Pan-American|Global") + " " + m.words("Academy|Institute|Centre|Center|Association|Federation|Council|Union|Foundation|Society|Commission|Agency|Fund|Bank|Organization") + " " + m.words("of|for|on") + " " + m.fields()
	case 12:
		return m.words("National|International|European|World|Asian|African|Federal|Royal|State|Global") + " " + m.field() + " " + m.words("Academy|Institute|Centre|Association|Federation|Council|Union|Foundation|Society|Commission|Agency|Fund|Organization|Alliance|League|Network|Forum")
	case 13:
		return m.of(m.surnames) + " " + m.words("Foundation|Institute|Centre|Center|College|Hospital|Fund|Trust|Society")
	case 14:
		return "Association of " + m.words("Universities|Engineers|Teachers|Journalists|Chambers of Commerce|Banks|Lawyers|Physicians") + " of " + m.of(m.countries)
	case 15:
		return m.government()
	case 16:
		return m.company()
	case 17:
		return m.words("Institute|Center|Centre|Institute|Academy") + " " + m.words("of|for") + " " + m.fields()
	}
	return m.of(m.universities)
}

func (m *maker) event() string {
	switch m.below(5) {
	case 0:
		return m.of(m.cities) + " " + m.words("Forum|Summit|Conference|Expo|Festival|Agreement|Declaration|Marathon|Prize|Initiative")
	case 1:
		return m.words("International|World|Global|National|European|Silk Road") + " " + m.field() + " " + m.words("Forum|Summit|Conference|Expo|Festival|Week|Day|Olympiad|Prize|Award|Programme|Workshop|Congress")
	case 2:
		return m.coined() + " " + m.words("Programme|Program|Project|Initiative|Cup|Award|Workshop")
	case 3:
		return m.field() + " " + m.words("Week|Day|Forum|Award|Strategy|Act|Programme") + " 20" + fmt.Sprint(10+m.below(20))
	}
	return m.words("Year of|Day of|Week of|Decade of") + " " + m.field()
}
