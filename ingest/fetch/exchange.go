package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
)

// ask is what one request asks for.
type ask struct {
	most         int64 // bytes of the body
	cut          bool  // a longer body is cut, not refused
	anyType      bool  // the type of the body doesn't matter
	etag         string
	lastModified string
}

// answer is what came of it: a success, a redirect, or "not modified".
type answer struct {
	status         int
	header         http.Header
	media, charset string
	body           []byte
}

// exchange makes one request, when the host's turn and pause allow it, and reads the answer. The error is an *Error, or that of ctx.
func (c *Client) exchange(parent context.Context, u *url.URL, how ask) (*answer, error) {
	if err := c.guard.checkLiteral(u.Hostname()); err != nil {
		return nil, c.classify(err, u)
	}
	_, leave, err := c.hosts.enter(parent, u.Hostname())
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	ctx, stop := context.WithTimeoutCause(ctx, c.opt.Limits.Total, errTotalLimit)
	defer stop()
	a, err := c.once(ctx, cancel, u, how)
	if err == nil {
		return a, nil
	}
	if parent.Err() != nil {
		return nil, parent.Err()
	}
	var problem *Error
	if errors.As(err, &problem) {
		return nil, problem
	}
	// The limits end a request by cancelling it; what the network says then is not the reason.
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return nil, c.classify(err, u)
}

func (c *Client) once(ctx context.Context, cancel context.CancelCauseFunc, u *url.URL, how ask) (*answer, error) {
	req := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{
		"User-Agent":      {c.opt.UserAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"},
		"Accept-Language": {"en,*;q=0.5"}, // facts are read from English
		"Accept-Encoding": {"gzip"},
	}}).WithContext(ctx)
	if how.etag != "" {
		req.Header.Set("If-None-Match", how.etag)
	}
	if how.lastModified != "" {
		req.Header.Set("If-Modified-Since", how.lastModified)
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	a := &answer{status: res.StatusCode, header: res.Header}
	a.media, a.charset = mediaType(res.Header.Get("Content-Type"))
	asked := how.etag != "" || how.lastModified != ""
	switch {
	case a.isRedirect(), a.status == http.StatusNotModified && asked:
		return a, nil
	case a.status != http.StatusOK && a.status != http.StatusNonAuthoritativeInfo:
		return nil, statusError(a.status, a.header)
	case !how.anyType && !readable(a.media):
		return nil, typeError(a.media, "")
	case res.ContentLength > how.most && !how.cut:
		return nil, tooLarge("the body has more bytes than are fetched")
	}
	encodings := strings.Join(res.Header.Values("Content-Encoding"), ", ")
	if a.body, err = readBody(newWatch(res.Body, c.opt.Limits, cancel), encodings, how); err != nil {
		return nil, asTruncated(err)
	}
	if media, binary := sniffed(a.body); binary && !how.anyType {
		return nil, typeError(media, a.media)
	}
	return a, nil
}

// truncated is the error of a body that ended before its end.
type truncated struct{ cause error }

func (t *truncated) Error() string { return t.cause.Error() }
func (t *truncated) Unwrap() error { return t.cause }

// asTruncated marks every failure while a body is read, other than this package's own, as the end of a body before its end.
func asTruncated(err error) error {
	var own *Error
	if errors.As(err, &own) || errors.Is(err, errSlow) {
		return err
	}
	return &truncated{err}
}

// classify makes an Error of what the network, the guard or a limit said.
func (c *Client) classify(err error, u *url.URL) *Error {
	const later = "try again later"
	make := func(class Class, reason, advice string) *Error {
		return &Error{URL: u.String(), Class: class, Reason: reason, Advice: advice, cause: err}
	}
	temporary := func(class Class, reason, advice string) *Error {
		e := make(class, reason, advice)
		e.Temporary, e.again = true, class != ClassSlow
		return e
	}
	var bad *forbidden
	var dns *net.DNSError
	var cut *truncated
	text := clip(quote(err.Error()), 200)
	switch {
	case errors.As(err, &bad):
		return make(ClassBlocked, bad.reason, bad.advice)
	case errors.Is(err, errSlow):
		return temporary(ClassSlow, "the server sends too few bytes a second", later)
	case errors.Is(err, errIdleLimit):
		return temporary(ClassTimeout, "the server stopped in the middle of the page", later)
	case errors.Is(err, errTotalLimit):
		return temporary(ClassTimeout, "the page took more than "+c.opt.Limits.Total.String(), later)
	case errors.Is(err, errConnectLimit):
		return temporary(ClassTimeout, "no connection within "+c.opt.Limits.Connect.String(), "check the address, and that this machine is on the network")
	case errors.As(err, &cut):
		return temporary(ClassTruncated, "the page broke off before its end ("+text+")", later)
	case errors.As(err, &dns):
		if dns.IsNotFound {
			return make(ClassDNS, "there is no host "+clip(quote(u.Hostname()), 100), "check the address")
		}
		return temporary(ClassDNS, "the host name could not be looked up ("+text+")", "check that this machine is on the network, and "+later)
	}
	if e := classifyTLS(err, make); e != nil {
		return e
	}
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return temporary(ClassTimeout, "the server did not answer within "+c.opt.Limits.Headers.String(), later)
	case strings.Contains(err.Error(), "response headers exceeded"), strings.Contains(err.Error(), "header list too large"):
		return make(ClassTooLarge, "the headers of the answer are too long", "open the address in a browser and see what it gives")
	case errors.Is(err, syscall.ECONNREFUSED):
		return temporary(ClassConnect, "the server refuses connections", "check the address and its port, or "+later)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return temporary(ClassConnect, "the server closed the connection without an answer", later)
	case strings.Contains(err.Error(), "transport connection broken"), strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "connection error: "):
		return make(ClassProtocol, "the answer is not that of a web server ("+text+")", "check the address and its port")
	}
	return temporary(ClassConnect, "there is no connection ("+text+")", "check that this machine is on the network, and "+later)
}

// classifyTLS makes the Errors of https connections, and nil of everything else. None is tried again: certificates don't change in a minute.
func classifyTLS(err error, make func(Class, string, string) *Error) *Error {
	const advice = "the page can't be known to be the publisher's; tell the publisher, or save it with a browser and give dateline the file"
	var (
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
		verify  *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		alert   tls.AlertError
	)
	switch {
	case errors.As(err, &unknown):
		return make(ClassTLS, "the server's certificate is signed by nobody known to this machine", advice)
	case errors.As(err, &name):
		return make(ClassTLS, "the server's certificate is for another host", advice)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return make(ClassTLS, "the server's certificate has expired, or is not valid yet", advice)
	case errors.As(err, &invalid), errors.As(err, &verify):
		return make(ClassTLS, "the server's certificate is not valid ("+clip(quote(err.Error()), 200)+")", advice)
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return make(ClassTLS, "the server does not speak https", "try the address with http:// in place of https://")
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return make(ClassTLS, "server and program agree on no way to encrypt ("+clip(quote(err.Error()), 200)+")", "TLS 1.2 and 1.3 are spoken; "+advice)
	}
	return nil
}
