"""Runs one statement on Spark: a JSON document in, rows as JSON out. Started by spark.py with pyspark on its path; imports
nothing of ours."""

import json
import sys

from pyspark.sql import SparkSession


def main() -> None:
    asked = json.load(sys.stdin)
    spark = (
        SparkSession.builder.master(asked["master"])
        .appName("congvu")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.read.parquet(asked["path"]).createOrReplaceTempView(asked["facts"])
    spark.sql(asked["days"]).createOrReplaceTempView(asked["periods"])
    rows = [list(row) for row in spark.sql(asked["sql"]).collect()]
    spark.stop()
    print(json.dumps(rows))  # noqa: T201 its answer


main()
