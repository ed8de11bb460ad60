package review

import (
	"errors"
	"net/http"
	"reflect"
	"slices"

	"dateline/corpus"
	"dateline/extract"
)

// editView is the form with the values of a fact.
type editView struct {
	Fact   detail
	Fields []field
	Why    string
	Form   form
	Wrong  int // fields with a message
}

// editPage is GET /fact/{id}/edit.
func (s *Server) editPage(r *http.Request) (reply, error) {
	if s.ReadOnly {
		return reply{}, problem{http.StatusForbidden, "The database is open for reading only."}
	}
	fact, all, err := s.Store.FactPart(r.Context(), r.PathValue("id"), 0, fewDocuments)
	if err != nil {
		return reply{}, err
	}
	back := local(r.URL.Query().Get("back"), "/fact/"+fact.ID)
	next := local(r.URL.Query().Get("next"), back)
	return s.editReply(r, fact, all, fieldsOf(firstValue(fact)), next, back)
}

// firstValue is what the form begins with: the words of the document that was published first.
func firstValue(f corpus.FactDetail) extract.Fact {
	if len(f.Statements) == 0 {
		return extract.Fact{Kind: f.Kind}
	}
	return f.Statements[0].Value
}

func (s *Server) editReply(r *http.Request, fact corpus.FactDetail, all int, fields []field, next, back string) (reply, error) {
	d, err := s.detailOf(r.Context(), fact, all, next, back)
	if err != nil {
		return reply{}, err
	}
	v := editView{Fact: d, Fields: fields, Form: s.form(fact.ID, fact.Version, 0, next, back)}
	for _, f := range fields {
		if f.Error != "" {
			v.Wrong++
		}
	}
	return reply{page: "edit", title: "Edit: " + fact.Statement, body: v}, nil
}

// edit is POST /edit.
func (s *Server) edit(r *http.Request) (reply, error) {
	v, err := s.verdict(r, corpus.Edit)
	if err != nil {
		return reply{}, err
	}
	if v.Fact == "" || v.Seen == "" {
		return reply{}, problem{http.StatusBadRequest, "The form does not say which fact it is about, and as it was seen. Nothing was recorded."}
	}
	next, back := local(r.PostForm.Get("next"), "/"), local(r.PostForm.Get("back"), "/")
	fact, all, err := s.Store.FactPart(r.Context(), v.Fact, 0, fewDocuments)
	if err != nil && !corpus.IsNotFound(err) {
		return reply{}, err
	}
	// An edit can give a fact another id. A form that is sent a second time is the same decision
	// all the same: the key says so, whatever the fact is called by now.
	gone := err != nil
	kind := fact.Kind
	if gone {
		kind = extract.Kind(r.PostForm.Get("kind"))
	}
	value, fields := readFields(kind, r.PostForm)
	wrong := false
	for _, f := range fields {
		wrong = wrong || f.Error != ""
	}
	again := func(code int, says string) (reply, error) {
		if gone {
			return reply{}, problem{http.StatusConflict, "Changed meanwhile: there is no such fact any more. Nothing was recorded."}
		}
		out, err := s.editReply(r, fact, all, fields, next, back)
		if err != nil {
			return reply{}, err
		}
		view := out.body.(editView)
		view.Why = v.Why
		out.body, out.code, out.bad, out.told = view, code, true, says
		return out, nil
	}
	switch {
	case wrong:
		return again(http.StatusUnprocessableEntity, "Something is missing or can't be right; see the messages at the fields. Nothing was recorded.")
	case !gone && v.Seen == fact.Version && sameValue(value, firstValue(fact)):
		return again(http.StatusUnprocessableEntity, "Nothing differs from what was read. If it is right as it is, accept it.")
	}
	v.Edited = &value
	if _, err := s.Store.Decide(r.Context(), v); err != nil {
		if i := fieldOf(err, fields); i >= 0 {
			fields[i].Error = "This value " + sentenceTail(err)
			return again(http.StatusUnprocessableEntity, "Something can't be right; see the message at the field. Nothing was recorded.")
		}
		if isConflict(err) {
			return again(http.StatusConflict, "Changed meanwhile. Your values were not recorded; they are still in the form, and the fact above is as it stands now. Save again if yours are right.")
		}
		return reply{}, err
	}
	return reply{redirect: told(next, corpus.Edit)}, nil
}

// fieldOf is the field that an error of the store is about, or -1.
func fieldOf(err error, fields []field) int {
	var e *corpus.Error
	if !errors.As(err, &e) || e.Problem != corpus.BadRequest {
		return -1
	}
	return slices.IndexFunc(fields, func(f field) bool { return f.Name == e.Path })
}

// sentenceTail is what an error of the store says of a value.
func sentenceTail(err error) string {
	var e *corpus.Error
	errors.As(err, &e)
	return e.Detail + "; " + e.Advice + "."
}

// sameValue compares what a form can change.
func sameValue(a, b extract.Fact) bool {
	return reflect.DeepEqual(fieldsOf(a), fieldsOf(b))
}
