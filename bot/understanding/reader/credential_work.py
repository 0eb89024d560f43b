"""The work that a credential stands for, by the jobs that the knowledge base names beside it."""

from __future__ import annotations

from bot.knowledge.base import KnowledgeBase


class CredentialWork:
    """Looks up jobs and kinds of years by credential; a credential of several kinds of work stands for none."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._kinds = {role.id: role.experience for role in base.roles.values()}
        self._own = {
            item.id: frozenset(other for other in item.see_also if other in self._kinds)
            for item in base.certifications.values()
        }
        named = {
            item.id: frozenset(role.id for role in base.roles.values() if item.id in role.see_also)
            for item in base.certifications.values()
        }
        default = base.roles.get(base.field.default_entity)
        plain = {role for role, kind in self._kinds.items() if default is not None and kind == default.experience}
        near = {key: self._own[key] or (named[key] & plain) or named[key] for key in self._own}
        self._roles = {
            item.id: near[item.id]
            or frozenset(role for other in (item.full, *item.see_also) for role in near.get(str(other), ()))
            for item in base.certifications.values()
        }

    def own_roles(self, credential: str) -> frozenset[str]:
        """The jobs that a credential is made for: by its own file, else the only one of those it builds on."""
        own, all_of_them = self._own.get(credential, frozenset()), self._roles.get(credential, frozenset())
        return own or (all_of_them if len(all_of_them) == 1 else frozenset())

    def kind(self, credentials: list[str]) -> str | None:
        """The kind of years that some credentials stand for; None where they stand for several, or for none."""
        each = [{self._kinds[role] for role in self._roles.get(credential, ())} for credential in credentials]
        sure = {kind for kinds in each if len(kinds) == 1 for kind in kinds}
        return sure.pop() if len(sure) == 1 else None
