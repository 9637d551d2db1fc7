"""A store on this machine that speaks the language of S3, for tests that read from one or publish to one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def object_store() -> Iterator[str]:
    """The store, as the query of a URI; the credentials it takes are in the environment meanwhile."""
    from moto.server import ThreadedMotoServer

    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    try:
        yield f"scheme=http&region=us-east-1&endpoint_override={host}:{port}"
    finally:
        running.stop()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def made_bucket(query: str, name: str) -> Any:
    """A new bucket of that store, as boto3 sees it."""
    import boto3

    address = query.rpartition("=")[2]
    store = boto3.resource("s3", endpoint_url=f"http://{address}", region_name="us-east-1")
    return store.create_bucket(Bucket=name)
