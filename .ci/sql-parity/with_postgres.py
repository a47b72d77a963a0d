"""PostgreSQL as Debian packages it: a server of its own in a temporary folder, reached by a socket there."""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

import psycopg

from cases import Missing

TYPES = {
    "number": "NUMERIC(18, 6)",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMPTZ",
    "local-timestamp": "TIMESTAMP",
    "date": "DATE",
}


class Engine:
    dialect = "postgres"

    def __enter__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise Missing("PostgreSQL is not installed")
        self.folder = tempfile.mkdtemp(prefix="postgres-")
        self.server = None
        as_whom = []
        if os.geteuid() == 0:
            # The server refuses to run as root.
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            as_whom = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
        data = os.path.join(self.folder, "data")
        # A collation that is not by bytes, which no answer may depend on.
        initdb = ["initdb", "-D", data, "-U", "hotlist", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8",
                  "--locale-provider=icu", "--icu-locale=en-US"]
        run = {"cwd": self.folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*as_whom, os.path.join(programs[-1], initdb[0]), *initdb[1:]], check=True, **run)
        self.server = subprocess.Popen(
            [*as_whom, os.path.join(programs[-1], "postgres"), "-D", data, "-k", self.folder, "-h", "", "-F"], **run)
        self.connection = self.connected()
        self.connection.execute("SET TIME ZONE 'Asia/Kolkata'; SET jit = off")
        return self

    def connected(self):
        for _ in range(100):
            try:
                return psycopg.connect(host=self.folder, user="hotlist", dbname="postgres", autocommit=True)
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise TimeoutError("PostgreSQL does not answer")

    def __exit__(self, *_):
        self.connection.close()
        # Whatever still runs is broken off.
        self.server.send_signal(signal.SIGINT)
        self.server.wait()
        shutil.rmtree(self.folder)

    def load(self, name, table):
        columns = ", ".join(f"{quoted(column)} {TYPES.get(table.types.get(column), 'TEXT')}" for column in table.columns)
        self.connection.execute(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns})")
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in table.staged():
                copy.write_row(row)

    def rows(self, query):
        answer = self.connection.execute(query)
        return [column.name for column in answer.description], answer.fetchall()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'
