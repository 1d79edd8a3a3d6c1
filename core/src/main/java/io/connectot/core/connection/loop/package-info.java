// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Keeps a connection: opens it, waits for its loss, and opens the next one after a pause. */
package io.connectot.core.connection.loop;
