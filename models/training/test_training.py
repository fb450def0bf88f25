"""Both backbones trained and exported from random weights on generated pictures; the data loader's faults."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import export
import train
from dataset import GENRES, Photos, class_weights, is_readable, read_dataset, soft_target
from metrics import cross_fitted_ece, expected_calibration_error, fit_temperature, summary
from stem_views import stem_view

COLOURS = [(120, 160, 220), (180, 40, 200), (150, 90, 40), (250, 220, 90), (60, 20, 20)]
HEADER = "id\tsplit\tgenre\tconfidence\tsecond\n"


def picture(genre: int, seed: int, path: Path) -> None:
    noise = np.random.default_rng(seed).integers(-40, 40, (70, 90, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.array(COLOURS[genre]) + noise).clip(0, 255).astype(np.uint8)).save(path, quality=85)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 pictures, 8 a genre, told apart by colour; 6 of 8 in training."""
    root = tmp_path_factory.mktemp("data")
    rows = [HEADER]
    for index in range(40):
        genre, number = index % 5, index // 5
        picture(genre, index, root / "images" / "made" / f"{index}.jpg")
        split = "train" if number < 6 else "val"
        rows.append(f"made/{index}\t{split}\t{GENRES[genre]}\t{1 + index % 3}\t{GENRES[(genre + 1) % 5]}\n")
    (root / "labels.tsv").write_text("".join(rows))
    return root


def run(data: Path, work: Path, backbone: str, *more: str) -> None:
    train.main(
        ["--data", str(data), "--work", str(work), "--backbone", backbone, "--weights", "random", "--size", "64",
         "--head-epochs", "2", "--epochs", "2", "--batch-size", "8", "--workers", "1", "--ema", "0.5", *more]
    )


@pytest.mark.parametrize(("backbone", "views"), [("efficientnet-lite0", "1"), ("resnet34", "0")])
def test_two_phases_and_export(data: Path, tmp_path: Path, backbone: str, views: str) -> None:
    work, models = tmp_path / "work", tmp_path / "models"
    run(data, work, backbone, "--views", views)
    metrics = json.loads((work / "metrics.json").read_text())
    assert [(row["phase"], row["epoch"]) for row in metrics["history"]] == [(1, 2), (2, 1), (2, 2)]
    assert {"accuracy", "macroF1", "loss", "valLoss"} <= metrics["history"][-1].keys()
    for chart in ("loss.png", "confusion.png"):
        assert Image.open(work / chart).width > 300
    photo = data / "images" / "made" / "0.jpg"
    photos = tmp_path / "photos"
    photos.mkdir()
    shutil.copy(photo, photos)
    export.main(["--work", str(work), "--data", str(data), "--models", str(models), "--photos", str(photos),
                 "--goldens", str(tmp_path / "goldens"), "--mirror", "--size", "96"] if backbone == "efficientnet-lite0" else
                ["--work", str(work), "--data", str(data), "--models", str(models), "--max-bytes", "100000000"])
    model = json.loads((models / "genre.json").read_text())
    assert model["labels"] == list(GENRES)
    assert len(model["head"]["weight"]) == 5
    assert len(model["head"]["weight"][0]) == model["features"]["channels"]
    assert model["metrics"]["onnxParity"] <= 1e-4
    assert model["metrics"]["camParity"] <= 1e-4
    assert model["training"]["trainPictures"] == 30
    assert model["input"]["size"] == (96 if backbone == "efficientnet-lite0" else 64)


def test_only_the_later_stages_and_the_head_learn(data: Path, tmp_path: Path) -> None:
    run(data, tmp_path, "resnet34")
    trained, _ = export.load_trained(tmp_path)
    torch.manual_seed(7)
    fresh = train.build("resnet34", 64, "random")
    trained_names = {name.split(".")[0] for name, parameter in fresh.named_parameters() if parameter.requires_grad}
    assert trained_names == {"stages", "fc"}
    for name, value in trained.state_dict().items():
        if name.startswith("stem."):
            assert torch.equal(value, fresh.state_dict()[name]), name
    assert not torch.equal(trained.stages[0][0].conv1.weight, fresh.stages[0][0].conv1.weight)


def test_a_stopped_run_goes_on_from_its_checkpoint(data: Path, tmp_path: Path) -> None:
    run(data, tmp_path / "whole", "efficientnet-lite0", "--views", "1")
    work = tmp_path / "stopped"
    original = train._save

    def stop_after_first(file: Path, value: dict) -> None:
        original(file, value)
        if value["epoch"] == 1:
            raise KeyboardInterrupt

    train._save = stop_after_first
    try:
        with pytest.raises(KeyboardInterrupt):
            run(data, work, "efficientnet-lite0", "--views", "1")
    finally:
        train._save = original
    run(data, work, "efficientnet-lite0", "--views", "1")
    whole, stopped = (torch.load(folder / "checkpoint.pt", weights_only=False) for folder in (tmp_path / "whole", work))
    assert [row["epoch"] for row in stopped["history"]] == [2, 1, 2]
    torch.testing.assert_close(stopped["network"]["fc.weight"], whole["network"]["fc.weight"])


def test_resnet_takes_a_torchvision_weights_file(tmp_path: Path) -> None:
    import torchvision

    reference = torchvision.models.resnet34()
    torch.save(reference.state_dict(), tmp_path / "weights.pth")
    network = train.build("resnet34", 64, str(tmp_path / "weights.pth"))
    torch.testing.assert_close(network.stem[0].weight, reference.conv1.weight)
    with pytest.raises(ValueError, match="weights"):
        train.build("resnet34", 64, None)


def test_faults_are_left_out_and_counted(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "faulty"
    shutil.copytree(data, root)
    (root / "images" / "made" / "0.jpg").write_bytes(b"not a picture")
    cut = root / "images" / "made" / "1.jpg"
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    (root / "images" / "made" / "2.jpg").unlink()
    table = root / "labels.tsv"
    table.write_text(table.read_text() + "made/3\ttrain\tpolka\t3\t\n")
    found = read_dataset(root, seed=1, workers=1)
    assert found.skipped == {"unknown label": 1, "missing file": 1, "unreadable file": 2}
    assert len(found.train) == 27
    assert not is_readable(root / "images" / "made" / "0.jpg")


def test_an_empty_genre_is_refused(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "empty"
    shutil.copytree(data, root)
    table = root / "labels.tsv"
    table.write_text("".join(line for line in table.read_text().splitlines(True) if "\ttrain\tjazz" not in line))
    with pytest.raises(ValueError, match="jazz"):
        read_dataset(root, seed=1, workers=1)


def test_a_table_without_a_split_is_split_80_20_by_genre(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "unsplit"
    shutil.copytree(data, root)
    lines = (data / "labels.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines]
    (root / "labels.tsv").write_text("\n".join("\t".join([row[0], *row[2:]]) for row in rows) + "\n")
    first, again = read_dataset(root, seed=3, workers=1), read_dataset(root, seed=3, workers=1)
    assert [e.id for e in first.val] == [e.id for e in again.val]
    assert not {e.id for e in first.val} & {e.id for e in first.train}
    for genre in range(5):
        assert sum(e.genre == genre for e in first.val) == 2


def test_the_named_split_is_kept(data: Path) -> None:
    found = read_dataset(data, seed=1, workers=1)
    assert {int(e.id.split("/")[1]) // 5 >= 6 for e in found.val} == {True}
    assert {int(e.id.split("/")[1]) // 5 >= 6 for e in found.train} == {False}


def test_only_training_pictures_are_augmented(data: Path) -> None:
    found = read_dataset(data, seed=1, workers=1)
    plain, augmented = Photos(found.val, 64, augment=False), Photos(found.train, 64, augment=True)
    assert torch.equal(plain[0], plain[0])
    assert not torch.equal(augmented[0], augmented[0])


def test_a_seed_fixes_the_augmentation(data: Path, tmp_path: Path) -> None:
    examples = read_dataset(data, seed=1, workers=1).train
    network = train.build("efficientnet-lite0", 64, "random")
    views = [np.array(stem_view(network, examples, 64, tmp_path / f"{name}.f16", seed, workers=1))
             for name, seed in (("a", 5), ("b", 5), ("c", 6))]
    assert np.array_equal(views[0], views[1])
    assert not np.array_equal(views[0], views[2])


def test_soft_targets_follow_confidence_and_second_choice(data: Path) -> None:
    examples = read_dataset(data, seed=1, workers=1).train
    targets = torch.stack([soft_target(example) for example in examples])
    torch.testing.assert_close(targets.sum(1), torch.ones(len(examples)))
    assert targets.argmax(1).tolist() == [example.genre for example in examples]
    assert targets.topk(2).indices[:, 1].tolist() == [example.second for example in examples]
    sure, doubt = (next(e for e in examples if e.confidence == c) for c in (3, 1))
    assert soft_target(sure).max() > soft_target(doubt).max()


def test_rarer_genres_weigh_more(data: Path) -> None:
    examples = read_dataset(data, seed=1, workers=1).train
    weights = class_weights([e for e in examples if e.genre != 2 or e.confidence == 3])
    assert weights.argmax() == 2


def test_calibration() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, 5, generator=generator)
    labels = torch.multinomial(logits.softmax(1), 1, generator=generator)[:, 0]
    assert abs(fit_temperature(logits * 3, labels) - 3) < 0.2
    assert expected_calibration_error(logits * 3, labels, 1.0) > 0.2
    assert cross_fitted_ece(logits * 3, labels) < 0.05
    assert summary(torch.eye(5), torch.arange(5)) == {"accuracy": 1.0, "top2": 1.0, "macroF1": 1.0}
