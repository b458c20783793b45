"""The same input gives the same bytes: two hash seeds, one and two workers, and a Ray cluster; and nobody is called."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KINDS = ("A100 GPUs", "a Xilinx FPGA", "mobile phones", "TPU v4", "the MI300X", "Loihi 2")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough papers for several batches, in two files that share some."""
    folder = tmp_path_factory.mktemp("many")
    lines = [
        json.dumps(
            {
                "title": f"Tortoise{n}: paging for {KINDS[n % 6]}",
                "abstract": f"We propose Tortoise{n}, a paging scheme for language models (LMs) on {KINDS[n % 6]}. "
                f"It is {n + 2}x faster than vLLM on ImageNet and saves {n % 50 + 1}% of energy on {KINDS[n % 5]}.",
            }
        )
        for n in range(150)
    ]
    (folder / "a.jsonl").write_text("\n".join(lines[:100]) + "\noops\n")
    (folder / "b.jsonl").write_text("\n".join(lines[90:]))
    return folder


def run(papers: Path, out: Path, workers: int, seed: str, *ray: str, **environment: str) -> dict[str, str]:
    """The digests of every file that a build in its own process writes."""
    done = subprocess.run(
        [sys.executable, HERE / "run_build.py", papers, out, str(workers), *ray],
        env={**os.environ, "PYTHONHASHSEED": seed, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["papers"] == 150
    assert not [host for host in said["asked"] if "." in host and not host[0].isdigit()], "a host was looked up"
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def alone(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one process writes under one hash seed."""
    return run(many, tmp_path_factory.mktemp("alone") / "kb", 1, "1")


@pytest.mark.slow
def test_two_hash_seeds_and_two_workers_give_the_same_bytes(many: Path, alone: dict[str, str], tmp_path: Path) -> None:
    assert len(alone) >= 14
    assert run(many, tmp_path / "kb", 2, "2") == alone


def start_ray(port: int, folder: Path, log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A running Ray node in a session of its own; raises AssertionError with its log where it does not come up."""
    command = [
        Path(sys.executable).with_name("ray"), "start", "--head", "--block", f"--port={port}", "--num-cpus=2",
        "--node-ip-address=127.0.0.1", "--include-dashboard=false", f"--temp-dir={folder}",
        "--object-store-memory=200000000",
    ]  # fmt: skip
    for _ in range(3):  # Ray gives its own processes 30 s to start, which a busy machine may not
        with log.open("w") as out:
            ray = subprocess.Popen(command, env=environment, start_new_session=True, stdout=out, stderr=out)
        while ray.poll() is None:
            if "Ray runtime started" in log.read_text():
                return ray
            time.sleep(0.5)
        stop(ray)
    raise AssertionError(log.read_text()[-2000:])


def stop(ray: subprocess.Popen[bytes]) -> None:
    """End the node and all that it started."""
    ray.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        ray.wait(30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(ray.pid, signal.SIGKILL)
    ray.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a Ray cluster of one node on this machine, and the environment that its clients need."""
    if find_spec("ray") is None:
        pytest.skip("needs Ray: pip install 'hardware-kg[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
    folder = Path("/tmp") / f"kg-ray-{os.getpid()}"  # noqa: S108 # Ray's socket paths may have 107 bytes only
    ray = start_ray(port, folder, tmp_path / "ray.log", {**os.environ, **token})
    try:
        yield f"127.0.0.1:{port}", token
    finally:
        stop(ray)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_a_ray_cluster_gives_the_same_bytes(
    many: Path, alone: dict[str, str], cluster: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    address, token = cluster
    assert run(many, tmp_path / "kb", 2, "3", address, **token) == alone
