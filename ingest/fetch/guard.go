package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// guard dials. It resolves a name once, refuses it when any of its addresses is of a forbidden network, and connects to those very
// addresses; the socket is checked once more before it connects. So a name that leads elsewhere on its second look-up, a redirect, or an
// odd way to write an address gains nothing: what counts is the address that is dialled.
type guard struct {
	allowPrivate bool
	resolver     Resolver
	limit        time.Duration // to be connected
	// connect opens the connection to an address and port. Tests put a server of their own behind every address.
	connect func(ctx context.Context, network, address string) (net.Conn, error)

	proxies sync.Map // "host:port" of proxies that the environment named: the user's own choice, not checked
}

func newGuard(opt Options) *guard {
	g := &guard{allowPrivate: opt.AllowPrivate, resolver: opt.Resolver, limit: opt.Limits.Connect}
	if g.resolver == nil {
		g.resolver = net.DefaultResolver
	}
	g.connect = (&net.Dialer{Control: g.control}).DialContext
	return g
}

// forbidden is the error of an address that must not be connected to.
type forbidden struct {
	reason, advice string
}

func (f *forbidden) Error() string { return f.reason }

// check refuses addresses of forbidden networks.
func (g *guard) check(addr netip.Addr) error {
	n, bad := networkOf(addr)
	switch {
	case !bad, n.private && g.allowPrivate:
		return nil
	case n.private:
		return &forbidden{fmt.Sprintf("%s is an address of %s", addr, n.what), "if the server is your own, allow private addresses (--allow-private)"}
	}
	return &forbidden{fmt.Sprintf("%s is no address of a web server: %s", addr, n.what), "check the address, and where it was found"}
}

// checkLiteral refuses hosts that are written as an address of a forbidden network, before a proxy could be asked for them.
func (g *guard) checkLiteral(host string) error {
	host = strings.Trim(host, "[]")
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.check(addr)
	}
	if (host == "localhost" || strings.HasSuffix(host, ".localhost")) && !g.allowPrivate {
		return g.check(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	}
	return nil
}

// control runs on the socket, with the address that it is about to be connected to.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") {
		return &forbidden{fmt.Sprintf("%q is no address of a web server", address), "check the address"}
	}
	return g.check(at.Addr())
}

// dial connects to "host:port", to the first of the host's addresses that answers.
func (g *guard) dial(ctx context.Context, _, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, g.limit, errConnectLimit)
	defer cancel()
	if _, chosen := g.proxies.Load(address); chosen {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := g.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, addr := range addrs {
		if err := g.check(addr); err != nil {
			return nil, err
		}
	}
	var first error
	for i, addr := range addrs {
		// Each address gets its share of the time that is left, so that one that swallows packets leaves time for the next.
		deadline, _ := ctx.Deadline()
		share, stop := context.WithTimeout(ctx, time.Until(deadline)/time.Duration(len(addrs)-i))
		conn, err := g.connect(share, "tcp", net.JoinHostPort(addr.String(), port))
		stop()
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, first
}

// mostAddresses bounds how many addresses of one host are tried.
const mostAddresses = 8

// lookup gives the addresses of a host in the resolver's order, each once.
func (g *guard) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	found, err := g.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, err
	}
	var addrs []netip.Addr
	seen := map[netip.Addr]bool{}
	for _, addr := range found {
		addr = addr.Unmap()
		if !seen[addr] {
			seen[addr] = true
			addrs = append(addrs, addr)
		}
		if err := g.check(addr); err != nil {
			return nil, err // whichever of many it is
		}
	}
	if len(addrs) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return addrs[:min(len(addrs), mostAddresses)], nil
}

// useProxy notes the proxy that the environment names for an address, so that dial lets it pass. An address that is itself a proxy is refused:
// behind dial it could not be told from the user's choice.
func (g *guard) useProxy(target, proxy *url.URL) error {
	address := hostPort(proxy)
	if hostPort(target) == address {
		return &forbidden{"the address is that of a proxy", "check the address, and where it was found"}
	}
	g.proxies.Store(address, true)
	return nil
}

func (g *guard) isProxy(u *url.URL) bool {
	_, chosen := g.proxies.Load(hostPort(u))
	return chosen
}

// hostPort gives "host:port" with the port of the scheme where none is written.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// The reasons for which this package itself ends a request.
var (
	errConnectLimit = errors.New("no connection")
	errTotalLimit   = errors.New("the whole took too long")
	errIdleLimit    = errors.New("nothing came")
	errSlow         = errors.New("too few bytes a second")
)
