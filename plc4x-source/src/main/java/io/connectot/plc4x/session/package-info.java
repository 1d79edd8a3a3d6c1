// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** One connection: its thread, its requests, and what happens when it does not answer. */
package io.connectot.plc4x.session;
