// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Reads commands of records: the forms that a record may have, and what of it is rejected. */
package io.connectot.core.sink.command.read;
