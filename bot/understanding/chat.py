"""How general English is shortened in chats: contractions, chat spelling, digits for words."""

from __future__ import annotations

_CONTRACTED = {
    "don't": "do not", "doesn't": "does not", "didn't": "did not", "isn't": "is not", "aren't": "are not",
    "wasn't": "was not", "weren't": "were not", "can't": "can not", "couldn't": "could not",
    "shouldn't": "should not", "wouldn't": "would not", "won't": "will not", "haven't": "have not",
    "hasn't": "has not", "hadn't": "had not", "ain't": "is not", "needn't": "need not", "what's": "what is",
    "who's": "who is", "where's": "where is", "when's": "when is", "how's": "how is", "that's": "that is",
    "there's": "there is", "it's": "it is", "he's": "he is", "she's": "she is", "here's": "here is",
    "why's": "why is", "let's": "let us", "i'm": "i am", "i've": "i have", "i'd": "i would", "i'll": "i will",
    "we're": "we are", "you're": "you are", "they're": "they are", "we've": "we have", "you've": "you have",
    "they've": "they have", "what're": "what are", "y'all": "you all",
}  # fmt: skip
_WORDS_WITHOUT_APOSTROPHE = {"were", "well", "shell", "hell", "ill", "id", "hes", "shes"}
_SHORTENED = {
    "cannot": "can not", "wanna": "want to", "gonna": "going to", "gotta": "have to", "gimme": "give me",
    "lemme": "let me", "dunno": "do not know", "idk": "i do not know", "wassup": "what is up",
    "whatcha": "what are you", "imo": "", "btw": "", "tbh": "", "asap": "fast", "u": "you", "ya": "you", "ur": "your",
    "r": "are", "n": "and", "nd": "and", "w": "with", "wat": "what", "wats": "what is", "wots": "what is",
    "dis": "this", "knw": "know", "giv": "give", "thks": "thanks", "thankyou": "thank you", "jobz": "jobs",
    "wknd": "weekend", "wknds": "weekends", "gud": "good", "msg": "message", "dept": "department",
    "govt": "government", "wut": "what", "wht": "what", "wot": "what", "hw": "how", "wich": "which", "plz": "please",
    "pls": "please", "pleez": "please", "plzz": "please", "thx": "thanks", "tnx": "thanks", "thanx": "thanks",
    "ty": "thank you", "tysm": "thank you", "abt": "about", "bout": "about", "bc": "because", "cuz": "because",
    "coz": "because", "thru": "through", "tho": "though", "shud": "should", "wud": "would", "cud": "could",
    "hav": "have", "dat": "that", "da": "the", "ppl": "people", "b4": "before", "gd": "good", "nite": "night",
    "tmrw": "tomorrow", "2day": "today", "in2": "into", "2do": "to do", "yr": "year", "yrs": "years", "hr": "hour",
    "hrs": "hours", "mos": "months", "wk": "week", "wks": "weeks", "mins": "minutes", "exp": "experience",
    "xp": "experience", "reqs": "requirements", "req": "requirements", "avg": "average", "diff": "difference",
    "vs": "versus", "v": "versus", "info": "information", "edu": "education", "uni": "university",
    "quals": "qualifications", "prolly": "probably", "rly": "really", "rlly": "really", "gr8": "great", "luv": "love",
    "bro": "", "sis": "", "po": "", "wanting": "want", "alot": "a lot", "diffrence": "difference", "cant": "can not",
    "wont": "will not", "its": "it is", "lets": "let us",
}  # fmt: skip

CONTRACTED = {short: tuple(long.split()) for short, long in _CONTRACTED.items()}
"""What a contraction stands for, as words."""

CHAT = {
    **{short.replace("'", ""): long for short, long in CONTRACTED.items()},
    **{short: tuple(long.split()) for short, long in _SHORTENED.items()},
}
"""What a shortened word stands for; an empty tuple where it says nothing."""
for _word in _WORDS_WITHOUT_APOSTROPHE:
    CHAT.pop(_word, None)

DIGITS = {"2": "to", "4": "for"}
"""Digits that stand for words, unless a counted thing follows."""

COUNTED = frozenset({
    "year", "years", "yr", "yrs", "month", "months", "mo", "mos", "week", "weeks", "wk", "wks", "day", "days", "hour",
    "hours", "hr", "hrs", "minute", "minutes", "min", "mins", "time", "times", "attempt", "attempts", "dollar",
    "dollars", "percent", "kid", "kids", "class", "classes", "semester", "semesters", "question", "questions",
    "option", "options", "step", "steps", "thing", "things", "or", "to", "and", "people",
})  # fmt: skip
"""Things that are counted: "4 years" is no "for years"."""
