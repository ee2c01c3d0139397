-- The tables of version 2, empty: people whom nobody can remove, and no questions.
CREATE TABLE guesses (
  id SERIAL NOT NULL,
  source VARCHAR(64) NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX guesses_of_source ON guesses (source, at);
CREATE TABLE rooms (
  code VARCHAR(6) NOT NULL,
  version INTEGER NOT NULL,
  last_step VARCHAR(32) NOT NULL,
  agenda TEXT NOT NULL,
  state TEXT NOT NULL,
  secret VARCHAR(64) NOT NULL,
  opened BIGINT NOT NULL,
  deleted_from BIGINT NOT NULL,
  PRIMARY KEY (code)
);
CREATE TABLE schema_version (
  version INTEGER NOT NULL
);
CREATE TABLE people (
  room VARCHAR(6) NOT NULL,
  number INTEGER NOT NULL,
  token VARCHAR(64) NOT NULL,
  nickname VARCHAR(200) NOT NULL,
  hidden BOOLEAN NOT NULL,
  joined BIGINT NOT NULL,
  PRIMARY KEY (room, number),
  CONSTRAINT people_token UNIQUE (room, token),
  FOREIGN KEY(room) REFERENCES rooms (code) ON DELETE CASCADE
);
CREATE TABLE pulses (
  room VARCHAR(6) NOT NULL,
  activity INTEGER NOT NULL,
  PRIMARY KEY (room),
  FOREIGN KEY(room) REFERENCES rooms (code) ON DELETE CASCADE
);
CREATE TABLE votes (
  room VARCHAR(6) NOT NULL,
  ballot INTEGER NOT NULL,
  person INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  option INTEGER NOT NULL,
  at BIGINT NOT NULL,
  sureness INTEGER,
  PRIMARY KEY (room, ballot, person, turn),
  CONSTRAINT votes_person FOREIGN KEY(room, person) REFERENCES people (room, number) ON DELETE CASCADE
);
CREATE INDEX votes_of_person ON votes (room, person);
INSERT INTO schema_version (version) VALUES (2);
