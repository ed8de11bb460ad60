package ingest

import "testing"

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"two sentences", "Lake Fund pays for boats. The chair was pleased.", "en"},
		{"one sentence", "Rector Ada Holm visited the University of Graz on Monday.", "en"},
		{"full of foreign names", "Rector Nurzhan Bekmukhambetov, Vice-Rectors Aigerim Sadykova, Zhanat Tulegenova and Yerbol Kassymkhanov of Zhetysu Agrarlyk Universiteti met Xu Guanghui, Zhou Wenqing, Deng Ruolan, Ma Haitao (Hebei Nongye Daxue) and Ivo Čapek, Dušan Hrušovský, Zdeňka Šťastná in Taldykorgan.", "en"},
		{"a list of members", "Members of the board: Ngozi Adeyemi, Abuja; Tunde Okafor, Lagos; Chidi Nwosu, Enugu; Amaka Eze, Owerri; Ifeanyi Obi, Jos. The list is in force from May.", "en"},
		{"French names", "The École normale supérieure de Sérignac and the Conseil départemental de la Loire have signed a letter of intent with the Universidad de la Sierra.", "en"},
		{"Russian", "Ректор института подписала договор с мастерскими реки Тобол.", "ru"},
		{"Kazakh", "Университет ректоры Қазақстан Республикасының Ғылым және жоғары білім министрлігімен келісімге қол қойды. Бұл іс-шара Астана қаласында өтті және оған студенттер қатысты.", "kk"},
		{"Chinese", "渔业学院与北湖港务局五月十八日签署合作协议,双方将共同培训三十名船员。", "zh"},
		{"French", "Le conseil du fonds a signé un accord avec le ministère de la Mer pour les trois bateaux qui sont dans le port.", "fr"},
		{"German", "Der Vorstand des Fonds hat mit dem Ministerium eine Vereinbarung über drei neue Boote unterzeichnet, die im Herbst fertig werden.", "de"},
		{"Spanish", "El rector de la universidad firmó un convenio con el ministerio para la formación de los marineros en el norte del país.", "es"},
		{"Polish", "Rektor szkoły rybackiej podpisał umowę z portem, a uroczystość odbyła się w środę i była to pierwsza taka umowa od lat.", "pl"},
		{"Turkish", "Üniversite rektörü ve bakan bu anlaşma ile yeni bir dönem için imza attı, törene çok sayıda öğrenci de katıldı.", "tr"},
		{"digits", "2024 05 18 100 200", ""},
		{"one name", "Kirkholm", ""},
	} {
		if got := readText1(t, c.text).Language; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	page := `<html lang="ru"><body><article><h1>Fund pays for boats</h1><p>` + paragraph + `</p></article></body></html>`
	if docs, err := Read(Raw{Source: "a.html", Bytes: []byte(page)}, Options{}); err != nil || docs[0].Language != "en" {
		t.Errorf("an English page that says it is Russian: %v, %+v", err, docs)
	}
}
