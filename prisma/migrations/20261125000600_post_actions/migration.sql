-- Convening, closing and answering are acts at a post too: who did one acts at no other post of the loan (G1).
alter type post_action add value 'convene';
alter type post_action add value 'close';
alter type post_action add value 'answer';
