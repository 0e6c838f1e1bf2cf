"""The labels of a report's names settled: people told apart from the states, bodies and places that share their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from communique.ontology.knowledge import Knowledge
from communique.ontology.world import World, in_office
from communique.resolve.names.comparison import name_parts
from communique.resolve.names.mentions import Mention, name_mentions
from communique.resolve.names.nouns import first_names, noun_at
from communique.resolve.report.scene import Scene
from communique.types.entities import Place
from communique.types.reading import Reading


def labelled_scene(
    text: str,
    reading: Reading,
    world: World,
    places: tuple[Place, ...] = (),
    when: date | None = None,
    knowledge: Knowledge | None = None,
) -> Scene:
    """The working view of a report before anybody is found in it: its names, each with the label that it ends up with."""
    mentions, known = name_mentions(text, reading, world)
    scene = Scene(text, reading, world, mentions, known, places, when, knowledge)
    return Scene(text, reading, world, _relabelled(scene), known, places, when, knowledge)


def _relabelled(scene: Scene) -> tuple[Mention, ...]:
    """The mentions with people told apart from what shares their name.

    A state's name that the network took for a person is a state unless a longer name of a person has it; any name
    that a personal title stands right before is a person, unless the registry knows it as something else; a capital's
    name that is a person's surname in the report ("Paris") is the person's.
    """
    people = [m for m in scene.mentions if m.label == "PERSON" and m.last - m.first > 1]
    named = [m for m in people if not m.names or any(n.entry.kind == "person" for n in m.names)]
    parts = {p for m in named for p in name_parts(scene.words(m.first, m.last))}
    bodies = [name_parts(scene.words(m.first, m.last)) for m in scene.mentions if m.label == "ORG"]
    short = {b[0] for b in bodies if len(b) > 1 and len(b[0]) > 3} - set(first_names())
    out = []
    for mention in scene.mentions:
        own = name_parts(scene.words(mention.first, mention.last))
        others = [n for n in mention.names if n.entry.kind != "person"]
        crowd = mention.last - mention.first == 1 and scene.reading.tokens[mention.first].xpos == "NNPS"
        if mention.label == "PERSON" and crowd and not set(own) <= parts:
            out.append(replace(mention, label="MISC"))
        elif mention.label == "PERSON" and not mention.names and len(own) == 1 and own[0] in short - parts:
            out.append(replace(mention, label="ORG"))
        elif mention.label == "PERSON" and others and not set(own) <= parts and _nobody_now(scene, mention):
            out.append(replace(mention, label="LOC" if others[0].entry.kind == "state" else "ORG"))
        elif mention.label != "PERSON" and _personal(scene, mention, own, parts):
            out.append(replace(mention, label="PERSON"))
        else:
            out.append(mention)
    return tuple(out)


def _nobody_now(scene: Scene, mention: Mention) -> bool:
    """Whether the registry has nobody of the name, or a body by its full name and only surnames of people out of office."""
    people = [n for n in mention.names if n.entry.kind == "person"]
    body = any(n.use == "name" for n in mention.names if n.entry.kind not in ("person", "state"))
    terms = (o for n in people for o in scene.world.terms_of(n.entry.id))
    now = any(scene.when is None or (o.begin is not None and in_office(o, scene.when)) for o in terms)
    return not people or (body and not now and all(n.use == "surname" for n in people))


def _personal(scene: Scene, mention: Mention, own: tuple[str, ...], parts: set[str]) -> bool:
    if mention.names:
        surname = len(own) == 1 and own[0] in parts and all(n.use == "capital" for n in mention.names)
        return surname or all(n.entry.kind == "person" for n in mention.names)
    if mention.label != "PERSON" and len(own) == 1 and own[0] in parts:
        return True
    head = mention.first - 1
    noun = noun_at(scene.reading, head) if head >= 0 and scene.same_sentence(head, mention.first) else None
    if noun is None or not noun.is_title or noun.scope == "open" or noun_at(scene.reading, mention.last - 1) is not None:
        return False
    return scene.reading.tokens[head].text[:1].isupper()
