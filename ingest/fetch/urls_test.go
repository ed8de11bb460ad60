package fetch

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"https://lake.example":                               "https://lake.example/",
		" HTTPS://Lake.Example:443/News/1?b=2&a=1#top\n":     "https://lake.example/News/1?b=2&a=1",
		"http://lake.example:80/":                            "http://lake.example/",
		"http://lake.example:443/":                           "http://lake.example:443/",
		"https://lake.example:08443/x":                       "https://lake.example:8443/x",
		"https://lake.example./a//b/../c/./d/":               "https://lake.example/a//c/d/",
		"https://lake.example/a/../../etc":                   "https://lake.example/etc",
		"https://lake.example/a%2Fb%20c/%d0%9f":              "https://lake.example/a%2Fb%20c/%d0%9f",
		"https://lake.example/Пресса?q=Астана и \"x\"&y=%20": "https://lake.example/%D0%9F%D1%80%D0%B5%D1%81%D1%81%D0%B0?q=%D0%90%D1%81%D1%82%D0%B0%D0%BD%D0%B0%20%D0%B8%20%22x%22&y=%20",
		"https://пресса.example/":                            "https://xn--80aj3aega.example/",
		"https://BÜCHER.example/":                            "https://xn--bcher-kva.example/",
		"https://my_site.lake.example/":                      "https://my_site.lake.example/",
		"https://lake.example/x?":                            "https://lake.example/x?",
		"https://lake.example?x=1":                           "https://lake.example/?x=1",
		"https://[2001:0DB8:0:0::1]/":                        "https://[2001:db8::1]/",
		"https://192.0.2.1/":                                 "https://192.0.2.1/",
		"https://１２７.0.0.1/":                                 "https://127.0.0.1/",
		"https://lake.example/a;b=c,d'(e)*!$&+=:@~":          "https://lake.example/a;b=c,d'(e)*!$&+=:@~",
	} {
		got, err := Normalize(in)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestNormalizeRefuses(t *testing.T) {
	for in, class := range map[string]Class{
		"": ClassURL, "   ": ClassURL, "lake.example/news": ClassScheme, "//lake.example/": ClassScheme, "news/1.html": ClassScheme,
		"ftp://lake.example/": ClassScheme, "file:///etc/passwd": ClassScheme, "javascript:alert(1)": ClassScheme, "data:text/html,x": ClassScheme, "gopher://lake.example/": ClassScheme, "mailto:a@lake.example": ClassScheme, "view-source:https://lake.example/": ClassScheme,
		"https://": ClassURL, "https:///x": ClassURL, "https:lake.example": ClassURL, "http://:80/": ClassURL,
		"https://ada:secret@lake.example/": ClassURL, "https://lake.example@127.0.0.1/": ClassURL, "https://@lake.example/": ClassURL,
		"http://127.0.0.1\\@lake.example/": ClassURL, "http://lake.example\\x": ClassURL, "http://lake.example:80:80/": ClassURL,
		"https://lake.example:0/": ClassURL, "https://lake.example:65536/": ClassURL, "https://lake.example:x/": ClassURL,
		"https://lake.example:22/": ClassBlocked, "https://lake.example:25/": ClassBlocked, "https://lake.example:6379/": ClassBlocked, "https://lake.example:6667/": ClassBlocked,
		"http://2130706433/": ClassBlocked, "http://0x7f.1/": ClassBlocked, "http://0177.0.0.1/": ClassBlocked, "http://127.1/": ClassBlocked, "http://0x7f000001/": ClassBlocked, "http://127.0.0.01/": ClassBlocked, "http://0x/": ClassBlocked, "http://1.2.3.4.5/": ClassBlocked, "http://256.1.1.1/": ClassBlocked,
		"http://[fe80::1%25eth0]/": ClassBlocked, "http://[::1/": ClassURL, "http://[1:2]/": ClassURL, "http://[lake.example]/": ClassURL,
		"https://lake..example/": ClassURL, "https://.lake.example/": ClassURL, "https://la ke.example/": ClassURL, "https://lake%00.example/": ClassURL, "https://lake.example%2f@x/": ClassURL, "https://lake.example\x00/": ClassURL, "https://lake\r\n.example/": ClassURL,
		"https://lake.example/%zz": ClassURL, "https://" + strings.Repeat("a", 254) + ".example/": ClassURL, "https://lake.example/" + strings.Repeat("a", 5000): ClassURL,
	} {
		got, err := Normalize(in)
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != class || problem.Reason == "" || problem.Advice == "" || problem.Temporary {
			t.Errorf("%.80q: %q, %v (%+v); want class %s", in, got, err, problem, class)
		}
	}
}

// TestNormalizeTwice holds that the normal form is normal, whatever it was made of.
func TestNormalizeTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(
			rapid.Custom(func(t *rapid.T) string {
				return rapid.SampledFrom([]string{"http", "HTTPS"}).Draw(t, "scheme") + "://" + rapid.StringMatching(`[a-zA-Zü0-9._-]{1,12}`).Draw(t, "host") + rapid.SampledFrom([]string{"", ":80", ":443", ":8080", "."}).Draw(t, "port") +
					"/" + rapid.StringOf(rapid.RuneFrom([]rune("ab/.%2fF?&=#ü \"<>+;:@~\\"))).Draw(t, "rest")
			}),
			rapid.String(),
		).Draw(t, "in")
		once, err := Normalize(in)
		if err != nil {
			return
		}
		twice, err := Normalize(once)
		if err != nil || once != twice {
			t.Fatalf("%q gives %q, and that gives %q, %v", in, once, twice, err)
		}
		if !strings.HasPrefix(once, "http") || strings.ContainsAny(once, " \n\"<>#") {
			t.Fatalf("%q gives %q", in, once)
		}
	})
}

// TestEveryErrorGivesAdvice holds that the classes are told apart and that an Error says all that it has to.
func TestErrorText(t *testing.T) {
	e := &Error{URL: "https://lake.example/1", Class: ClassStatus, Reason: "the server answers 404 Not Found", Advice: "check the address"}
	if got, want := e.Error(), "https://lake.example/1: the server answers 404 Not Found: check the address"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	e.At = "https://lake.example/2"
	if got, want := e.Error(), "https://lake.example/1: the server answers 404 Not Found (at https://lake.example/2): check the address"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	seen := map[Class]bool{}
	for _, class := range Classes {
		if seen[class] || class == "" {
			t.Errorf("%q twice", class)
		}
		seen[class] = true
	}
}
