package fetch

import "net/netip"

// network is a range of addresses that are not the public Internet.
type network struct {
	prefix  netip.Prefix
	what    string // as people call it
	private bool   // Options.AllowPrivate allows it: real servers of an intranet have such addresses
	source  string
}

// networks lists what is not fetched. An address belongs to the first row that holds it, so exceptions stand before the
// range that they are in. Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries and the RFCs that they name, the multicast and IPv6
// global unicast registries, and the documentation of the cloud services for the addresses of their metadata servers.
//
// Metadata servers are never allowed: they hand the keys of a machine to anybody who can make it ask.
var networks = []network{
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local, where cloud services keep their metadata server", false, "RFC 3927"},
	{netip.MustParsePrefix("100.100.100.200/32"), "a metadata server", false, "Alibaba Cloud"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a metadata server", false, "Azure"},
	{netip.MustParsePrefix("192.0.0.0/24"), "IETF protocol assignments", false, "RFC 6890; 192.0.0.192 is a metadata server of Oracle Cloud"},
	{netip.MustParsePrefix("0.0.0.0/8"), `"this network"`, false, "RFC 791; systems connect 0.0.0.0 to themselves"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private network", true, "RFC 1918"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a provider's own network", true, "RFC 6598"},
	{netip.MustParsePrefix("127.0.0.0/8"), "this machine", true, "RFC 1122"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private network", true, "RFC 1918"},
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation", false, "RFC 5737"},
	{netip.MustParsePrefix("192.31.196.0/24"), "name servers of unused ranges (AS112)", false, "RFC 7535"},
	{netip.MustParsePrefix("192.52.193.0/24"), "multicast tunnels", false, "RFC 7450"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relays", false, "RFC 7526"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private network", true, "RFC 1918"},
	{netip.MustParsePrefix("192.175.48.0/24"), "name servers of unused ranges (AS112)", false, "RFC 7534"},
	{netip.MustParsePrefix("198.18.0.0/15"), "for measurements of networks", false, "RFC 2544"},
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation", false, "RFC 5737"},
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation", false, "RFC 5737"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast", false, "RFC 5771"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved, or broadcast", false, "RFC 1112, RFC 919"},

	{netip.MustParsePrefix("::1/128"), "this machine", true, "RFC 4291"},
	{netip.MustParsePrefix("::/96"), "unspecified, or an IPv4 address in an abandoned form", false, "RFC 4291"},
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "translated IPv4", false, "RFC 2765"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "translated IPv4 of a private network", false, "RFC 8215"},
	{netip.MustParsePrefix("100::/64"), "the discard range", false, "RFC 6666"},
	{netip.MustParsePrefix("100:0:0:1::/64"), "a dummy range", false, "RFC 9780"},
	{netip.MustParsePrefix("2001::/32"), "Teredo tunnels", false, "RFC 4380"},
	{netip.MustParsePrefix("2001::/23"), "IETF protocol assignments", false, "RFC 2928: benchmarking, ORCHID and others"},
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation", false, "RFC 3849"},
	{netip.MustParsePrefix("2002::/16"), "6to4 tunnels", false, "RFC 3056"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "name servers of unused ranges (AS112)", false, "RFC 7534"},
	{netip.MustParsePrefix("3ffe::/16"), "the abandoned 6bone", false, "RFC 3701"},
	{netip.MustParsePrefix("3fff::/20"), "for documentation", false, "RFC 9637"},
	{netip.MustParsePrefix("fd00:ec2::/32"), "metadata servers", false, "Amazon EC2"},
	{netip.MustParsePrefix("fd20:ce::/32"), "metadata servers", false, "Google Cloud"},
	{netip.MustParsePrefix("fc00::/7"), "a private network", true, "RFC 4193"},
	{netip.MustParsePrefix("fe80::/10"), "link-local", false, "RFC 4291"},
	{netip.MustParsePrefix("fec0::/10"), "site-local", false, "RFC 3879"},
	{netip.MustParsePrefix("ff00::/8"), "multicast", false, "RFC 4291"},
}

// globalUnicast is all of IPv6 that is given to networks so far (IANA IPv6 Global Unicast Address Space); what lies outside and in
// no row above, 5f00::/16 for one, is nobody's web server.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// nat64 holds IPv4 addresses as networks without IPv4 write them (RFC 6052). Such a network reaches all of the IPv4 world by it,
// so the address inside is what counts.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// inner gives the IPv4 address that an IPv6 address stands for, where it does, and addr otherwise, without zone.
func inner(addr netip.Addr) netip.Addr {
	addr = addr.Unmap().WithZone("")
	if addr.Is6() && nat64.Contains(addr) {
		b := addr.As16()
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return addr
}

// networkOf gives the row that forbids an address. ok is false for addresses of the public Internet.
func networkOf(addr netip.Addr) (row network, ok bool) {
	addr = inner(addr)
	for _, n := range networks {
		if n.prefix.Contains(addr) {
			return n, true
		}
	}
	if addr.Is6() && !globalUnicast.Contains(addr) || !addr.IsValid() {
		return network{what: "not given to anybody", source: "IANA"}, true
	}
	return network{}, false
}
