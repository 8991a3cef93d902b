"""Trainings: started, held, stepped, stopped, watched, used, kept; ended when nobody is there any more."""

import time

import pytest
from fastapi import WebSocketDisconnect

from glassnet.model import Model
from glassnet.recipe import open_run

OURS = {"Origin": "http://127.0.0.1:8765"}
LIVE = "ws://127.0.0.1:8765/api/training/live"
QUICK = {"data": "digits", "hidden": [16], "epochs": 3, "pace": 0}
ENDLESS = {"data": "digits", "hidden": [16], "epochs": 500, "pace": 5}


@pytest.fixture
def live(client):
    """Listen to this tab's training."""
    session = client.headers["X-Glassnet-Session"]
    return lambda: client.websocket_connect(f"{LIVE}?session={session}", headers=OURS)


def hear(socket, wanted):
    """Everything up to the message that is wanted."""
    heard = []
    while True:
        heard.append(socket.receive_json())
        if wanted(heard[-1]):
            return heard


def status(*names):
    return lambda message: message["type"] == "status" and message["status"] in names


def soon(client, name, seconds=15):
    """Wait until the training is there."""
    end = time.monotonic() + seconds
    while (now := client.get("/api/training").json()["status"]) != name:
        assert time.monotonic() < end, now
        time.sleep(0.05)


def test_a_training_is_heard_from_its_start_to_its_end(client, ask, live):
    assert ask("/api/training", **QUICK)["status"] == "starting"
    with live() as socket:
        heard = hear(socket, status("ended", "failed"))
    last = heard[-1]
    assert last["status"] == "ended" and last["reason"] == "done" and last["figures"]["accuracy"] > 0.5
    assert last["started"]["held_out"] == {"part": "validation", "samples": 359}
    with live() as socket:  # who comes later hears all of it again
        again = [socket.receive_json() for _ in range(4)]
    kinds = {message["type"]: message for message in again}
    assert [epoch["epoch"] for epoch in kinds["epochs"]["epochs"]] == [1, 2, 3]
    assert kinds["steps"]["steps"][-1]["gradients"].keys() == {"hidden 1", "output"}
    look = kinds["look"]
    assert look["weights"]["units"] == 16 and len(look["confusion"]) == 10
    assert sum(map(sum, look["confusion"])) == 359
    wrong = 359 - sum(look["confusion"][k][k] for k in range(10))
    assert len(look["mistakes"]) == min(wrong, 24) and look["mistakes"][0]["image"]


def test_what_came_of_it_can_be_used_kept_and_compared(client, ask, live):
    ask("/api/training", **QUICK)
    with live() as socket:  # a training that nobody watches is ended after a while
        hear(socket, status("ended"))
    named = ask("/api/training/use")
    assert client.get(f"/api/models/{named['id']}").json()["layers"][0]["units"] == 16
    kept = ask("/api/training/keep", name="my run/..")
    runs = client.app.state.services.settings.runs
    folder = runs / kept["id"].removeprefix("run:")
    assert folder.parent == runs and open_run(folder).history is not None
    assert kept["id"] in [model["id"] for model in client.get("/api/models").json()]
    assert ask("/api/training/keep", name="my run/..")["id"] == kept["id"] + "-2"
    assert len(ask("/api/training", **QUICK)["previous"]) == 3
    with live() as socket:
        hear(socket, status("ended"))


def test_it_waits_does_one_batch_and_one_epoch_and_stops(client, ask, live):
    ask("/api/training", **{**QUICK, "epochs": 400, "paused": True})
    with live() as socket:
        hear(socket, status("paused"))
        assert client.post("/api/training/keep", json={"name": "x"}).status_code == 409
        ask("/api/training/batch")
        heard = hear(socket, lambda message: message["type"] == "steps")
        assert [step["step"] for step in heard[-1]["steps"]] == [1]
        soon(client, "paused")
        ask("/api/training/epoch")
        heard = hear(socket, lambda message: message["type"] == "epochs")
        assert [epoch["epoch"] for epoch in heard[-1]["epochs"]] == [1]
        soon(client, "paused")
        assert ask("/api/training/use")["title"].endswith("1 epoch")
        ask("/api/training/resume")
        soon(client, "running")
        ask("/api/training/pause")
        soon(client, "paused")
        ask("/api/training/stop")
        last = hear(socket, status("ended", "failed"))[-1]
    assert last["status"] == "ended" and last["reason"] == "stopped"
    assert client.post("/api/training/pause").status_code == 409
    named = ask("/api/training/use")  # a model that was stopped is a model too
    assert (
        "recipe"
        in client.app.state.services.models.get(
            named["id"], client.app.state.services.sessions.get(client.headers["X-Glassnet-Session"])
        ).model.metadata
    )


def test_a_dropped_socket_holds_the_training_and_its_return_lets_it_go_on(client, ask, live):
    ask("/api/training", **ENDLESS)
    with live() as socket:
        hear(socket, status("running"))
    soon(client, "paused")
    with live() as socket:
        hear(socket, status("running"))
        soon(client, "running")


def test_a_training_that_nobody_watches_any_more_is_ended(client, ask, live):
    ask("/api/training", **ENDLESS)
    with live() as socket:
        hear(socket, status("running"))
    soon(client, "failed")
    training = client.app.state.services.sessions.get(client.headers["X-Glassnet-Session"]).training
    end = time.monotonic() + 10
    while training.process.is_alive():  # it is told first, and takes some moments
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_diverging_training_says_so(client, ask, live):
    ask("/api/training", **{**QUICK, "optimizer": "gradient_descent", "learning_rate": 1000.0, "l2": 10.0})
    with live() as socket:
        last = hear(socket, status("ended", "failed"))[-1]
    assert last["status"] == "failed" and "learning rate" in last["reason"]
    assert client.post("/api/training/use").status_code == 409


def test_a_training_whose_process_is_killed_says_so(client, ask, live):
    ask("/api/training", **ENDLESS)
    with live() as socket:
        hear(socket, status("running"))
        session = client.app.state.services.sessions.get(client.headers["X-Glassnet-Session"])
        session.training.process.kill()
        last = hear(socket, status("failed"))[-1]
    assert last["reason"] == "The training broke off."
    assert client.post("/api/training/use").status_code == 409


def test_an_uploaded_table_is_learned(client, ask, live):
    rows = "\n".join(f"{i % 3},{i % 3 + i / 100},{-(i % 3)}" for i in range(90))
    named = client.post("/api/data?title=mine.csv", content=f"label,a,b\n{rows}\n").json()
    ask("/api/training", data=named["id"], hidden=[8], epochs=30, batch_size=8, pace=0)
    with live() as socket:
        heard = hear(socket, status("ended", "failed"))
    assert heard[-1]["figures"]["accuracy"] > 0.9 and heard[-1]["started"]["class_names"] == ["0", "1", "2"]
    assert all("image" not in mistake for mistake in heard[-2].get("mistakes", []))


def test_not_too_many_sockets_watch_one_training(client, ask, live):
    ask("/api/training", **ENDLESS)
    session = client.app.state.services.sessions.get(client.headers["X-Glassnet-Session"])
    session.training.watchers = 8
    with pytest.raises(WebSocketDisconnect), live():
        pass
    session.training.watchers = 0
    ask("/api/training/stop")


def test_a_seeds_recipe_runs(client, ask, live):
    names = [recipe["id"] for recipe in client.get("/api/training/options").json()["recipes"]]
    assert "seed_003_iris" in names
    ask("/api/training", recipe="seed_003_iris", pace=0)
    with live() as socket:
        assert hear(socket, status("ended", "failed"))[-1]["status"] == "ended"
    model = client.app.state.services.sessions.get(client.headers["X-Glassnet-Session"]).training.model_file()
    assert Model.load(model).network.n_inputs == 4


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hidden": [2000]}, "units in a layer"),
        ({"hidden": [8] * 7}, "layers"),
        ({"hidden": [0]}, "1 unit at least"),
        ({"hidden": [1024] * 4}, "parameters"),
        ({"epochs": 501}, "epochs"),
        ({"data": "iris", "augment": 1}, "Only pictures"),
        ({"init": "magic"}, "initialisation"),
        ({"learning_rate": -1}, "greater than 0"),
        ({"activation": "step"}, "The activation must be one of relu, "),
        ({"data": "/etc/passwd"}, "no data set"),
        ({"recipe": "/etc/passwd"}, "no recipe"),
        ({"recipe": "ensemble"}, "no recipe"),  # the page watches one network
    ],
)
def test_what_is_too_much_or_wrong_is_said(client, changes, said):
    answer = client.post("/api/training", json={**QUICK, **changes})
    assert answer.status_code in (404, 422) and said in answer.json()["detail"]


def test_not_more_than_so_many_trainings_at_a_time(client):
    soon(client, "ended")
    tabs = []
    for _ in range(3):
        id_ = client.post("/api/sessions").json()["session"]
        answer = client.post("/api/training", json=ENDLESS, headers={"X-Glassnet-Session": id_})
        tabs.append((id_, answer.status_code))
    assert [code for _, code in tabs] == [200, 200, 429]
    for id_, _ in tabs:
        client.app.state.services.sessions.remove(id_)


def test_without_a_training_there_is_nothing_to_tell(client, live):
    fresh = {"X-Glassnet-Session": client.post("/api/sessions").json()["session"]}
    assert client.get("/api/training", headers=fresh).json()["status"] == "none"
    for path in ("pause", "use", "stop"):
        assert client.post(f"/api/training/{path}", headers=fresh).status_code == 409
    assert client.post("/api/training/explode", headers=fresh).status_code == 422
    url = f"{LIVE}?session={fresh['X-Glassnet-Session']}"
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(url, headers=OURS):
        pass


def test_a_run_that_cannot_be_kept_whole_is_not_kept(client, ask, live, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    ask("/api/training", **QUICK)
    with live() as socket:
        hear(socket, status("ended"))
    monkeypatch.setattr("shutil.copyfile", full)
    answer = client.post("/api/training/keep", json={"name": "full"})
    assert answer.status_code in (409, 422, 507) and "no space left on device" in answer.json()["detail"]
    assert not (client.app.state.services.settings.runs / "full").exists()
