"""`congvu django …`: Django's own management commands, for developers (makemigrations, shell, dbshell)."""

import argparse


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("django", add_help=False)
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="LỆNH", help="lệnh của Django và tham số")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready(migrated=False)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["congvu django", *args.words])
    return 0
