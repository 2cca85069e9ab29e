from pathlib import Path
import datetime as dt
from panjereh.domain.indices import api as indices
AT=dt.datetime(2026,11,22,9,tzinfo=dt.UTC)
DATA=Path(__file__).resolve().parents[3]/"data/indices"
def test_x():
    import time
    t=time.process_time(); a=time.time()
    c=indices.import_indices(DATA,at=AT)
    print([(x.kind,x.added,len(x.restated)) for x in c], time.process_time()-t, time.time()-a)
    t=time.process_time(); a=time.time()
    c=indices.import_indices(DATA,at=AT)
    print([(x.kind,x.added,x.restated[:3]) for x in c], time.process_time()-t,time.time()-a)
    t=time.process_time(); a=time.time()
    print(indices.series("egdi","IRN")[-1],time.process_time()-t,time.time()-a)
    for s in indices.targets(on=AT.date()): print(s)
    print(indices.check("egdi","2020","IRN"))
    print(len(indices.raw_series("IRN")),len(indices.questions("osi-2024")))
    assert 0
