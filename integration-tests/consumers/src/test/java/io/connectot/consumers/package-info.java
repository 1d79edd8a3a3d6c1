// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The recipes of docs/consume.md, with the software that they are for. */
package io.connectot.consumers;
