package fetch

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// longestURL bounds an address, in bytes. Servers rarely take more than 8 KB.
const longestURL = 4096

// Normalize gives the form under which an address is known, so that one page is fetched once: scheme and host in small letters, the host
// in its ASCII form, no default port, no dot at the end of the host, no dot segments in the path, no fragment. Nothing is
// changed that a server could tell apart: order of parameters, capitals and slashes of the path stay.
//
// It refuses, with an *Error, what is no web address: other schemes, user names and passwords, ports that no
// web server has, and numbers that only some programs read as an IPv4 address ("0x7f.1", "2130706433").
// Whether the host may be connected to is not asked here; that depends on where its name leads.
func Normalize(rawURL string) (string, error) {
	u, err := normalize(rawURL)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

func normalize(rawURL string) (*url.URL, *Error) {
	text := strings.TrimSpace(rawURL)
	refuse := func(class Class, reason, advice string) (*url.URL, *Error) {
		return nil, &Error{URL: clip(text, 300), Class: class, Reason: reason, Advice: advice}
	}
	const example = "give an address like https://lake.example/news/1"
	if text == "" {
		return refuse(ClassURL, "the address is empty", example)
	}
	if len(text) > longestURL {
		return refuse(ClassURL, "the address has more than "+strconv.Itoa(longestURL)+" bytes", "look for the short form of it")
	}
	u, err := url.Parse(text)
	if err != nil {
		reason := err.Error()
		if wrapped, ok := err.(*url.Error); ok {
			reason = wrapped.Err.Error()
		}
		return refuse(ClassURL, "it is not an address ("+clip(reason, 100)+")", example)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	switch {
	case u.Scheme == "":
		return refuse(ClassScheme, "the address names no scheme", "write https:// before it")
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse(ClassScheme, "addresses of scheme "+clip(strconv.Quote(u.Scheme), 40)+" are not fetched", "only http and https are")
	case u.User != nil:
		return refuse(ClassURL, "the address holds a user name or password", "take out what stands before the @; pages behind a password are not fetched")
	case u.Host == "" || u.Opaque != "":
		return refuse(ClassURL, "the address names no host", example)
	}
	host, problem := normalHost(u.Hostname())
	if problem != nil {
		return refuse(problem.Class, problem.Reason, problem.Advice)
	}
	port := u.Port()
	if port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return refuse(ClassURL, "there is no port "+clip(port, 20), "ports are 1 to 65535")
		}
		if !webPort(n) {
			return refuse(ClassBlocked, "port "+strconv.Itoa(n)+" is not one of web servers", "only 80, 443 and ports from 1024 on that no other well-known service has are asked")
		}
		port = strconv.Itoa(n)
		if u.Scheme == "http" && n == 80 || u.Scheme == "https" && n == 443 {
			port = ""
		}
	}
	u.Host = host
	if port != "" {
		u.Host += ":" + port
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path, u.RawPath = "/", ""
	}
	if strings.Contains(u.Path, "/.") {
		u = u.ResolveReference(&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, ForceQuery: u.ForceQuery})
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u, nil
}

// normalHost gives the host without brackets taken off: "lake.example", "[2001:db8::1]".
func normalHost(host string) (string, *Error) {
	if strings.ContainsAny(host, ":") {
		addr, err := netip.ParseAddr(host)
		if err != nil {
			return "", &Error{Class: ClassURL, Reason: "the host is not an IPv6 address", Advice: "write it like [2001:db8::1]"}
		}
		if addr.Zone() != "" {
			return "", &Error{Class: ClassBlocked, Reason: "the address names a network interface of this machine (" + clip(strconv.Quote(addr.Zone()), 40) + ")", Advice: "take out the % and what follows it"}
		}
		return "[" + addr.String() + "]", nil
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String(), nil
	}
	if strings.Contains(host, "%") { // url.Parse has decoded what was meant to be letters
		return "", &Error{Class: ClassURL, Reason: "the host name holds a %", Advice: "check the address"}
	}
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(strings.ToLower(host), "."))
	if err != nil {
		// Underscores are not allowed in host names, and are used in some.
		if ascii = strings.TrimSuffix(strings.ToLower(host), "."); !plainHost(ascii) {
			return "", &Error{Class: ClassURL, Reason: "the host name is not one (" + clip(err.Error(), 100) + ")", Advice: "check the address"}
		}
	}
	if addr, err := netip.ParseAddr(ascii); err == nil { // full-width digits, or a dot at the end
		return addr.String(), nil
	}
	if ascii == "" || len(ascii) > 253 || !plainHost(ascii) {
		return "", &Error{Class: ClassURL, Reason: "the host name is not one", Advice: "check the address"}
	}
	if last := ascii[strings.LastIndexByte(ascii, '.')+1:]; last == "" || isNumber(last) {
		return "", &Error{Class: ClassBlocked, Reason: "the host is a number that only some programs read as an address", Advice: "write an IPv4 address as four decimal numbers, like 192.0.2.1"}
	}
	return ascii, nil
}

// plainHost reports whether a host name has letters, digits, hyphens, underscores and dots only, and no empty label.
func plainHost(host string) bool {
	for i := 0; i < len(host); i++ {
		c := host[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '_':
		case c == '.' && i > 0 && host[i-1] != '.':
		default:
			return false
		}
	}
	return host != ""
}

// isNumber reports whether the last part of a host name is a number to those who read addresses as C's inet_aton does.
func isNumber(label string) bool {
	digits := strings.TrimPrefix(label, "0x")
	hex := len(digits) < len(label)
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if !(c >= '0' && c <= '9' || hex && c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// escapeQuery escapes what may not stand in a query, as browsers do; it leaves everything else as it is.
func escapeQuery(query string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(query); i++ {
		c := query[i]
		if c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// noWebPorts are ports from 1024 on that belong to well-known services other than the web. The first row is the list that
// browsers refuse (WHATWG Fetch, "port blocking"); the second row are databases, caches, queues and control ports, which answer to lines of text
// and which an address in a feed could make this program talk to.
var noWebPorts = map[int]bool{
	1719: true, 1720: true, 1723: true, 2049: true, 3659: true, 4045: true, 4190: true, 5060: true, 5061: true, 6000: true, 6566: true, 6665: true, 6666: true, 6667: true, 6668: true, 6669: true, 6679: true, 6697: true, 10080: true,
	1433: true, 1521: true, 2181: true, 2375: true, 2376: true, 2379: true, 2380: true, 3306: true, 3389: true, 5432: true, 5672: true, 5900: true, 5985: true, 6379: true, 9042: true, 9092: true, 9200: true, 9300: true, 10250: true, 11211: true, 27017: true,
}

// webPort reports whether a port may be asked: the two of the web, and those from 1024 on that anybody may run a web server on. The
// others below 1024 belong to mail, name, file and login services.
func webPort(port int) bool {
	return port == 80 || port == 443 || port >= 1024 && !noWebPorts[port]
}

// resolve makes a reference absolute and normal. Relative addresses need a base.
func resolve(base *url.URL, reference string) (*url.URL, *Error) {
	reference = strings.TrimSpace(reference)
	if base == nil {
		return normalize(reference)
	}
	ref, err := url.Parse(reference)
	if err != nil {
		return nil, &Error{URL: clip(reference, 300), Class: ClassURL, Reason: "it is not an address", Advice: "check the page or feed that names it"}
	}
	return normalize(base.ResolveReference(ref).String())
}
