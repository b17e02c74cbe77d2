"""One form per kind of event; each turns what was typed into one action."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import TextField
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.move import move
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.queries.registers import functions_of
from congvu.organisation.rules import kinds
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.shares import share_of
from congvu.organisation.web.fields import (
    Choices,
    EventForm,
    of_kind,
    of_tier,
    one_unit,
    several_parcels,
    several_units,
)

RECEIVERS = 4


def _new_unit_fields(units: Choices) -> dict[str, forms.Field]:
    return {
        "code": TextField(label="Mã định danh", max_length=35, help_text="Ví dụ H99.25. Mã không dùng lại."),
        "name": TextField(label="Tên đơn vị", max_length=300),
        "short_name": TextField(label="Tên ngắn", max_length=60, required=False),
        "kind": of_kind("SO"),
        "tier": of_tier(),
        "parent": one_unit("Cấp trên trực tiếp", units, required=False, blank="Không có (đứng đầu)"),
    }


def _new_unit(data: Mapping[str, Any]) -> NewUnit:
    return NewUnit(data["code"], data["name"], data["kind"], data["tier"], data["parent"], data["short_name"])


class Establish(EventForm):
    def own_fields(self) -> dict[str, forms.Field]:
        return _new_unit_fields(self.units)

    def act(self, *, by: Actor, at: datetime) -> object:
        return establish(
            [_new_unit(self.cleaned_data)], **self.common(), note=self.cleaned_data["note"], by=by, at=at
        )


class Rename(EventForm):
    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "unit": one_unit("Đơn vị", self.units),
            "name": TextField(label="Tên mới", max_length=300),
            "short_name": TextField(
                label="Tên ngắn mới", max_length=60, required=False, help_text="Để trống nếu giữ tên ngắn cũ."
            ),
        }

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        short = data["short_name"] or None
        return rename(
            data["unit"], data["name"], short_name=short, **self.common(), note=data["note"], by=by, at=at
        )


class Move(EventForm):
    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "unit": one_unit("Đơn vị", self.units),
            "parent": one_unit("Cấp trên mới", self.units, required=False, blank="Không có (đứng đầu)"),
            "tier": of_tier(required=False, blank="Giữ nguyên cấp"),
        }

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        tier = data["tier"] or None
        return move(data["unit"], data["parent"], tier=tier, **self.common(), note=data["note"], by=by, at=at)


class MergeInto(EventForm):
    def own_fields(self) -> dict[str, forms.Field]:
        return {
            "sources": several_units(
                "Các đơn vị sáp nhập (chấm dứt)", self.units, help_text="Giữ Ctrl để chọn nhiều."
            ),
            "target": one_unit("Đơn vị nhận (đang có)", self.units),
        }

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        return merge(data["sources"], data["target"], **self.common(), note=data["note"], by=by, at=at)


class MergeNew(EventForm):
    def own_fields(self) -> dict[str, forms.Field]:
        sources = several_units(
            "Các đơn vị hợp nhất (chấm dứt)", self.units, help_text="Giữ Ctrl để chọn nhiều."
        )
        return {"sources": sources, **_new_unit_fields(self.units)}

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        return merge(data["sources"], _new_unit(data), **self.common(), note=data["note"], by=by, at=at)


class _WithUnder(EventForm):
    """A form that asks where each unit below the one that ceases goes, once that one is known."""

    unit_field = "unit"

    def below(self) -> list[tuple[str, int, str]]:
        """(field name, unit, its name) of each unit below on or after the typed day."""
        unit, day = self.typed_unit(self.unit_field), self.typed_day()
        if unit is None or day is None:
            return []
        spans = {
            span.unit_id: span
            for span in self.picture.spans()
            if span.parent_id == unit and span.reaches_past(day)
        }
        ordered = sorted(spans.values(), key=lambda span: span.sort_key)
        return [(f"under_{span.unit_id}", span.unit_id, f"{span.name} ({span.code})") for span in ordered]

    def under(self) -> dict[int, int]:
        places = ((unit, self.cleaned_data.get(name)) for name, unit, _ in self.below())
        return {unit: place for unit, place in places if place is not None}


class Dissolve(_WithUnder):
    def own_fields(self) -> dict[str, forms.Field]:
        asked = {name: one_unit(f"{label} về đâu?", self.units) for name, _, label in self.below()}
        heir = one_unit(
            "Đơn vị tiếp nhận hồ sơ, người, vai trò", self.units, required=False, blank="Quyết định chưa nói"
        )
        return {"unit": one_unit("Đơn vị giải thể", self.units), "heir": heir, **asked}

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        return dissolve(
            data["unit"],
            under=self.under(),
            heir=data["heir"],
            **self.common(),
            note=data["note"],
            by=by,
            at=at,
        )


class Split(_WithUnder):
    ceases = True

    def own_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "unit": one_unit("Đơn vị bị chia" if self.ceases else "Đơn vị được tách ra từ đó", self.units)
        }
        for number in range(1, RECEIVERS + 1):
            fields |= self._receiver_fields(number)
        stays = "Ở lại đơn vị cũ" if not self.ceases else "Chọn đơn vị nhận"
        places: Choices = [(str(number), f"Đơn vị nhận {number}") for number in range(1, RECEIVERS + 1)]
        if self.ceases:
            fields["heir"] = one_unit(
                "Hồ sơ, người, vai trò của đơn vị cũ về đâu?",
                places,
                required=False,
                blank="Quyết định chưa nói",
            )
        for name, _, label in self.below():
            fields[name] = one_unit(f"{label} về đâu?", places, required=self.ceases, blank=stays)
        return fields

    def _receiver_fields(self, number: int) -> dict[str, forms.Field]:
        blank = "Đơn vị mới, ghi mã và tên bên cạnh"
        label = f"Đơn vị nhận {number}"
        return {
            f"to{number}_unit": one_unit(label, self.units, required=False, blank=blank),
            f"to{number}_code": TextField(label=f"{label}: mã mới", max_length=35, required=False),
            f"to{number}_name": TextField(label=f"{label}: tên mới", max_length=300, required=False),
            f"to{number}_share": TextField(
                label=f"{label}: phần",
                max_length=20,
                required=False,
                help_text="1/3, 40%; trống nếu không nói",
            ),
            **self._chosen_fields(number),
        }

    def _chosen_fields(self, number: int) -> dict[str, forms.Field]:
        """Once the source and this receiver are typed: what of the source's open work goes there."""
        source, name = self.typed_unit("unit"), f"to{number}"
        typed = any(str(self.data.get(f"{name}_{part}", "")).strip() for part in ("unit", "code"))
        chosen = several_parcels(source, f"Hồ sơ đang mở sang đơn vị nhận {number}") if typed else None
        return {f"{name}_chosen": chosen} if chosen else {}

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        numbered = {
            number: one for number in range(1, RECEIVERS + 1) if (one := self._receiver(number)) is not None
        }
        position = {number: place for place, number in enumerate(numbered)}
        under = {}
        for unit, number in self.under().items():
            if number not in position:
                raise Refused(
                    f"Đơn vị nhận {number} chưa được ghi.", where=f"under_{unit}", do="Chọn lại nơi nhận."
                )
            under[unit] = position[number]
        heir = data.get("heir")
        if heir is not None and heir not in position:
            raise Refused(f"Đơn vị nhận {heir} chưa được ghi.", where="heir", do="Chọn lại nơi nhận.")
        receivers = list(numbered.values())
        return split(
            data["unit"],
            receivers,
            ceases=self.ceases,
            under=under,
            heir=None if heir is None else position[heir],
            **self.common(),
            note=data["note"],
            by=by,
            at=at,
        )

    def _receiver(self, number: int) -> Receiver | None:
        data = self.cleaned_data
        unit, code, name = (data[f"to{number}_{part}"] for part in ("unit", "code", "name"))
        if unit is None and not code and not name:
            return None
        try:
            share = share_of(data[f"to{number}_share"])
        except Refused as wrong:
            raise Refused(wrong.what, where=f"to{number}_share", do=wrong.do) from None
        chosen = tuple(data.get(f"to{number}_chosen") or ())
        if unit is not None:
            return Receiver(unit, share, chosen)
        span = self.picture.nearest(data["unit"], data["effective"])
        if span is None:
            return None
        return Receiver(NewUnit(code, name, span.kind, span.tier, span.parent_id), share, chosen)


class SplitOff(Split):
    ceases = False


class Transfer(EventForm):
    """Once the giver and the day are typed, its functions on record and its open work are asked for: those marked go over."""

    def own_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "giver": one_unit("Bên chuyển", self.units),
            "receiver": one_unit("Bên nhận", self.units),
            "what": TextField(
                label="Chức năng, nhiệm vụ được chuyển",
                max_length=500,
                required=False,
                help_text="Để trống nếu chọn trong sổ chức năng của bên chuyển.",
            ),
        }
        giver, day = self.typed_unit("giver"), self.typed_day()
        held = [] if giver is None or day is None else functions_of(giver, day)
        if held:
            fields["functions"] = forms.TypedMultipleChoiceField(
                label="Chức năng bên chuyển đang giữ",
                choices=[(row.function_id, row.text) for row in held],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        chosen = several_parcels(giver, "Hồ sơ đang mở đi theo chức năng")
        return {**fields, "chosen": chosen} if chosen else fields

    def act(self, *, by: Actor, at: datetime) -> object:
        data = self.cleaned_data
        functions = data.get("functions") or ()
        return transfer_function(
            data["what"],
            data["giver"],
            data["receiver"],
            **self.common(),
            functions=functions,
            chosen=data.get("chosen") or (),
            by=by,
            at=at,
        )


FORMS: dict[str, type[Any]] = {
    kinds.THANH_LAP: Establish,
    kinds.DOI_TEN: Rename,
    kinds.CHUYEN_CAP_TREN: Move,
    kinds.SAP_NHAP: MergeInto,
    kinds.HOP_NHAT: MergeNew,
    kinds.CHIA: Split,
    kinds.TACH: SplitOff,
    kinds.GIAI_THE: Dissolve,
    kinds.CHUYEN_GIAO_CHUC_NANG: Transfer,
}
